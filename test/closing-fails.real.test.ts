import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requireReal } from './support/require-real.ts'

const program = (app: string): string => fileURLToPath(new URL(`../apps/${app}/src/main.ts`, import.meta.url))

describe.skipIf(!requireReal('strace'))('a file that cannot be closed again', () => {
  let home = ''
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'sshmcp-closing-'))
    for (const folder of ['.ssh-mcp', '.cursor']) mkdirSync(join(home, folder), { mode: 0o700 })
    for (const name of ['hosts.json', 'templates.json']) write(`.ssh-mcp/${name}`, '[]')
    write('.cursor/mcp.json', '{}')
    write('hosts-of-ssh', 'Host web-1\n')
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  const write = (name: string, text: string): void => writeFileSync(join(home, name), text, { mode: 0o600 })

  test.each([
    ['stdio-server', '.ssh-mcp/hosts.json', [], 2],
    ['http-server', '.ssh-mcp/templates.json', [], 2],
    ['cli', 'hosts-of-ssh', ['hosts', 'import', '--from', 'hosts-of-ssh'], 2],
    ['cli', '.cursor/mcp.json', ['mcp-config', 'cursor', '--write'], 1],
  ] as const)('%s tells of %s, and is not ended by it', (app, name, args, code) => {
    const path = join(home, name)
    const strace = ['-f', '-o', '/dev/null', '-P', path, '-e', 'trace=close', '-e', 'inject=close:error=EIO']
    const node = [process.execPath, '--conditions=source', program(app), ...args]
    const options = { cwd: home, env: { PATH: process.env.PATH, HOME: home }, encoding: 'utf8' } as const
    const { status, signal, stderr } = spawnSync('strace', [...strace, ...node], options)
    expect({ status, signal, stderr }).toEqual({
      status: code,
      signal: null,
      stderr: expect.stringContaining(name),
    })
  })
})
