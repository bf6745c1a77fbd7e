import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { connectStdioClient } from '@sshmcp/mcp/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repository } from './repository.ts'
import { installLinks } from './support/install-links.ts'
import { servedNodes } from './support/nodes.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sshmcp-installed-'))
  for (const app of ['cli', 'stdio-server'])
    execFileSync('pnpm', ['pack', '--pack-destination', folder], { cwd: join(repository, 'apps', app), stdio: 'pipe' })
  const tarballs = readdirSync(folder)
    .filter((name) => name.endsWith('.tgz'))
    .map((name) => `./${name}`)
  expect(tarballs).toHaveLength(2)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--omit=optional', '--ignore-scripts']
  execFileSync('npm', ['install', ...quiet, ...tarballs], { cwd: folder, stdio: 'pipe' })
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(servedNodes)('installed from its tarballs into an empty folder, on %s', (node) => {
  const home = (): string => mkdtempSync(join(folder, 'home-'))
  const script = (name: string): string => join(folder, 'node_modules/.bin', name)

  test('the command line makes its folder, and verifies the journal that this began', () => {
    const env = { PATH: '/usr/bin:/bin', HOME: home() }
    const run = (...args: readonly string[]): string =>
      execFileSync(node, [script('sshmcp'), ...args], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    expect(run('--version')).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(run('init', '--one-person')).toContain('templates.json')
    expect(run('hosts', 'list')).toContain('hosts add')
    expect(run('audit', 'verify')).toMatch(/verified|ok/i)
  })

  test('the demo that Ctrl-C ends leaves no folder behind', async () => {
    const TMPDIR = home()
    const env = { PATH: '/usr/bin:/bin', HOME: home(), TMPDIR }
    const child = spawn(node, [script('sshmcp'), 'demo'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    await expect.poll(() => out, { timeout: 20_000 }).toContain('check disk usage')
    child.kill('SIGINT')
    expect(await once(child, 'close')).toEqual([1, null])
    expect(out).toContain('and it is gone')
    expect(readdirSync(TMPDIR).filter((name) => name.startsWith('sshmcp-demo-'))).toEqual([])
  })

  test.each(['sshmcp', 'sshmcp-stdio'])('%s serves an editor', async (name) => {
    const env = { PATH: '/usr/bin:/bin', HOME: home() }
    execFileSync(node, [script('sshmcp'), 'init', '--one-person'], { env, stdio: 'pipe' })
    const client = await connectStdioClient({ command: node, args: [script(name)], env })
    try {
      expect(await client.listTools()).toContain('run_ssh_command')
      expect(await client.call('list_templates', {})).toMatchObject({ isError: false })
    } finally {
      await client.close()
    }
  })
})

describe.each(servedNodes)('a button of the README, on %s', (node) => {
  test.each(installLinks('README.md'))(
    '$editor: what it adds to the editor starts a server that answers',
    async ({ start }) => {
      const home = mkdtempSync(join(folder, 'home-'))
      // npx takes the package from the folder where it is installed, and asks no registry.
      const env = { PATH: `${dirname(node)}:/usr/bin:/bin`, HOME: home, npm_config_offline: 'true' }
      execFileSync(node, [join(folder, 'node_modules/.bin/sshmcp'), 'init', '--yes'], { env, stdio: 'pipe' })
      const args = ['-c', 'cd "$0" && exec "$@"', folder, start.command, ...start.args]
      const client = await connectStdioClient({ command: '/bin/sh', args, env })
      try {
        expect(await client.listTools()).toContain('run_ssh_command')
        expect(await client.call('list_hosts', {})).toMatchObject({ isError: false })
      } finally {
        await client.close()
      }
    },
  )
})

test('npm installed the two programs and ssh2 with what it needs, nothing of the workspace beside', () => {
  expect(readdirSync(join(folder, 'node_modules/@sshmcp')).sort()).toEqual(['cli', 'stdio-server'])
  for (const app of ['cli', 'stdio-server'])
    expect(readdirSync(join(folder, 'node_modules/@sshmcp', app, 'dist')).sort()).toEqual([
      'THIRD-PARTY.txt',
      'index.js',
      'program.js',
    ])
})
