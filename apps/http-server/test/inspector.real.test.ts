import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type ConfigFolder, configFolder } from '@sshmcp/runtime/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuiltServer, startBuiltServer } from './support/built-server.ts'

const inspector = fileURLToPath(
  new URL('../../../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js', import.meta.url),
)
const stdioProgram = fileURLToPath(new URL('../../stdio-server/dist/index.js', import.meta.url))

let folder: ConfigFolder
let server: BuiltServer
beforeAll(async () => {
  folder = configFolder()
  server = await startBuiltServer(folder, ['--dev'])
})
afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
  folder?.remove()
})

/** How the Inspector reaches each of the built servers. */
const ways: Readonly<Record<string, () => readonly string[]>> = {
  stdio: () => ['-e', `SSH_MCP_CONFIG_DIR=${folder.dir}`, process.execPath, stdioProgram],
  http: () => [
    ...['--server-url', `${server.url}/mcp`, '--transport', 'http'],
    ...['--header', `Authorization: Bearer ${server.devToken}`],
  ],
}

async function inspect(way: string, ...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const all = ['--cli', '-q', '--format', 'json', ...args, ...(ways[way]?.() ?? [])]
  const env = {
    PATH: process.env.PATH,
    HOME: folder.dir,
    MCP_CATALOG_PATH: join(folder.dir, 'inspector.json'),
  }
  const { stdout } = await promisify(execFile)(process.execPath, [inspector, ...all], { env })
  return JSON.parse(stdout)
}

test.each(Object.keys(ways))(
  'the Inspector lists our tools over %s, and finds nothing wrong with a schema',
  async (way) => {
    // With --strict it exits with 6 where a client could not use a schema.
    const { result } = await inspect(way, '--method', 'tools/list', '--strict')
    expect(JSON.stringify(result)).toContain('"run_ssh_command"')
  },
)

test.each(Object.keys(ways))('the Inspector calls a tool over %s', async (way) => {
  const said = await inspect(way, '--method', 'tools/call', '--tool-name', 'list_hosts')
  expect(JSON.stringify(said)).toContain('web-1')
})
