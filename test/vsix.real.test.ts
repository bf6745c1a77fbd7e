import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { connectStdioClient } from '@sshmcp/mcp/client'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repository } from './repository.ts'
import { servedNodes } from './support/nodes.ts'

let folder = ''
let names: readonly string[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sshmcp-vsix-'))
  const packed = join(folder, 'a.vsix')
  execFileSync(process.execPath, ['scripts/vsix.ts', packed], { cwd: repository, stdio: 'pipe' })
  const entries = Object.entries(unzipSync(readFileSync(packed)))
  names = entries.map(([name]) => name)
  for (const [name, bytes] of entries) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('holds the extension, the server, the command line, and nothing of anybody’s tests or sources', () => {
  const own = names.filter((name) => !name.includes('/node_modules/')).sort()
  expect(own).toEqual([
    '[Content_Types].xml',
    'extension.vsixmanifest',
    'extension/LICENSE.txt',
    'extension/dist/extension.cjs',
    'extension/media/icon.png',
    'extension/package.json',
    'extension/readme.md',
    'extension/server/THIRD-PARTY.txt',
    'extension/server/index.js',
    'extension/server/sshmcp.THIRD-PARTY.txt',
    'extension/server/sshmcp.js',
  ])
  const packages = names.flatMap((name) => /\/node_modules\/([^/]+)\//.exec(name)?.[1] ?? [])
  expect([...new Set(packages)].sort()).toEqual(['asn1', 'bcrypt-pbkdf', 'safer-buffer', 'ssh2', 'tweetnacl'])
  expect(names.filter((name) => /test|fixture|\.ts$|\.map$|\.node$|\/src\//i.test(name))).toEqual([])
  for (const name of new Set(packages)) expect(names).toContain(`extension/server/node_modules/${name}/LICENSE`)
})

test.each(servedNodes)('its server answers on %s, with what it needs for a connection beside it', async (node) => {
  const home = mkdtempSync(join(folder, 'home-'))
  const config = join(home, 'config')
  const env = { PATH: '/usr/bin:/bin', HOME: home, SSH_MCP_CONFIG_DIR: config }
  execFileSync(node, [join(folder, 'extension/server/sshmcp.js'), 'init', '--one-person'], { env })
  expect(execFileSync(node, ['-e', "require('ssh2')"], { cwd: join(folder, 'extension/server') }).toString()).toBe('')
  const client = await connectStdioClient({ command: node, args: [join(folder, 'extension/server/index.js')], env })
  try {
    expect(await client.listTools()).toContain('run_ssh_command')
    expect((await client.call('list_hosts', {})).isError).toBe(false)
  } finally {
    await client.close()
  }
})

test('its program starts in an editor and registers what its manifest promises', async () => {
  const extension = join(folder, 'extension')
  const manifest = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'))
  const editor = join(extension, 'node_modules/vscode/index.cjs')
  mkdirSync(dirname(editor), { recursive: true })
  writeFileSync(join(dirname(editor), 'package.json'), '{"main":"index.cjs"}')
  writeFileSync(editor, editorSource)
  const require = createRequire(join(extension, 'package.json'))
  const subscriptions: unknown[] = []
  const secrets = { get: async () => undefined, onDidChange: () => ({}) }
  await require(join(extension, manifest.main)).activate({ subscriptions, secrets, extensionPath: extension })
  const { commands, providers } = require(editor)
  expect([...commands].sort()).toEqual(
    manifest.contributes.commands.map(({ command }: { command: string }) => command).sort(),
  )
  expect(providers).toEqual(manifest.contributes.mcpServerDefinitionProviders.map(({ id }: { id: string }) => id))
})

/** As much of the editor as starting needs; it remembers what was registered. */
const editorSource = `
const nothing = () => ({ dispose() {} })
const item = new Proxy({}, { get: () => nothing, set: () => true })
const commands = [], providers = []
module.exports = {
  commands, providers,
  StatusBarAlignment: { Right: 2 },
  EventEmitter: class { event = nothing },
  RelativePattern: class {},
  Uri: { file: () => ({}) },
  lm: { registerMcpServerDefinitionProvider: (id) => providers.push(id) },
  window: { createStatusBarItem: () => item, createOutputChannel: () => item, onDidCloseTerminal: nothing },
  workspace: {
    getConfiguration: () => ({ get: (key, fallback) => (key === 'configDir' ? '/nowhere/sshmcp' : fallback) }),
    onDidChangeConfiguration: nothing, registerTextDocumentContentProvider: nothing, createFileSystemWatcher: () => item,
  },
}
Object.assign(module.exports.commands, { registerCommand: (id) => commands.push(id) })
`
