import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CliBench, cliBench } from './support/cli-bench.ts'

let bench: CliBench
beforeEach(async () => {
  bench = cliBench()
  await bench.withHost()
})
afterEach(() => bench.remove())

interface Line {
  readonly state: string
  readonly what: string
  readonly text: string
  readonly cure?: string
}

async function doctor(...args: readonly string[]) {
  const { code, out } = await bench.sshmcp(['doctor', '--json', ...args])
  const { checks }: { readonly checks: readonly Line[] } = JSON.parse(out)
  return { code, checks, of: (what: string) => checks.filter((check) => check.what === what) }
}

describe('doctor', () => {
  test('says what it found on every host, and a cure on every line that is not ok', async () => {
    const { code, checks, of } = await doctor()
    expect(code).toBe(0)
    expect(of('web-1')[0]).toMatchObject({ state: 'ok', text: expect.stringContaining('logged in as') })
    expect(of('journal')).toMatchObject([{ state: 'ok', text: expect.stringMatching(/signed up to/) }])
    for (const { state, cure, text } of checks) expect(cure !== undefined, text).toBe(state !== 'ok')
  })

  test('for a person: one line each, and what no check can see', async () => {
    const { out } = await bench.sshmcp(['doctor', 'web-1'])
    expect(out).toMatch(/^ok +config /m)
    expect(out).toMatch(/\d+ ok, \d+ to look at, 0 failed\./)
    expect(out).toContain('also has a shell')
  })

  test('a misspelt host names the nearest', async () => {
    expect(await bench.sshmcp(['doctor', 'web1'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean web-1?'),
    })
  })

  test('a configuration that a server would refuse fails, and the rest is looked at all the same', async () => {
    writeFileSync(join(bench.config, 'hosts.json'), '[ { "host_id": "a", ]')
    const { code, of } = await doctor()
    expect(code).toBe(1)
    expect(of('config')[0]).toMatchObject({ state: 'fail', text: expect.stringContaining('hosts.json') })
    expect(of('disk')).toHaveLength(1)
  })

  test('--fix closes what is open and makes what is missing, and the journal says so', async () => {
    chmodSync(join(bench.config, 'hosts.json'), 0o664)
    const before = await doctor()
    expect(before.code).toBe(1)
    expect(before.of('permissions')[0]).toMatchObject({ state: 'fail', cure: expect.stringMatching(/^chmod 600 /) })
    expect((await doctor('--fix')).code).toBe(0)
    expect(statSync(join(bench.config, 'hosts.json')).mode & 0o777).toBe(0o600)
    expect((await bench.sshmcp(['audit', 'tail', '--json'])).out).toContain('"doctor --fix"')
    expect((await bench.sshmcp(['audit', 'tail'])).out).toMatch(/change .* sshmcp doctor --fix +ok/)
  })

  test('two names of one machine are told', async () => {
    const host = { hostname: 'x', ssh_user: 'deploy' }
    bench.write('hosts.json', [
      { host_id: 'web-1', ...host },
      { host_id: 'web-2', ...host },
    ])
    const { of } = await doctor()
    expect(of('machines')[0]).toMatchObject({ state: 'warn', text: expect.stringContaining('web-1, web-2') })
  })

  test('one person is one person where an editor’s file says so', async () => {
    expect((await doctor()).of('approvals')[0]).toMatchObject({ state: 'warn' })
    await bench.sshmcp(['mcp-config', 'cursor', '--one-person', '--write'])
    expect((await doctor()).of('approvals')[0]).toMatchObject({ state: 'ok', text: expect.stringContaining('cursor') })
  })

  test('what the Python server left is named', async () => {
    writeFileSync(join(bench.config, 'audit_logs/audit.jsonl'), '{}\n')
    const { of } = await doctor()
    expect(of('old files')[0]).toMatchObject({ state: 'warn', cure: expect.stringContaining('mv ') })
  })
})

describe('mcp-config', () => {
  test.each([
    ['/tmp/ssh-abc/agent.7', true],
    ['/home/dana/.ssh/agent/s.8f4932df.agent.AzSubDP0S1', true],
    ['/home/dana/.ssh/agent/mine', false],
    ['/run/user/1000/keyring/ssh', false],
  ])('tells of an agent that an editor will not find, and names it to none: %s', async (socket, isTold) => {
    const { out, err } = await bench.sshmcp(['mcp-config', 'cursor'], { env: { SSH_AUTH_SOCK: socket } })
    expect(out.includes(socket)).toBe(!isTold)
    expect(err.includes(`The ssh-agent at ${socket} is of this terminal`)).toBe(isTold)
    const url = ['--url', 'https://ssh.example.org']
    const remote = await bench.sshmcp(['mcp-config', 'cursor', ...url], { env: { SSH_AUTH_SOCK: socket } })
    expect(remote.err).not.toContain('ssh-agent')
  })

  test('names the editor’s file where it is none', async () => {
    const file = join(bench.home, '.cursor/mcp.json')
    mkdirSync(file, { recursive: true })
    expect(await bench.sshmcp(['mcp-config', 'cursor', '--write'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(`STORE_UNAVAILABLE: EISDIR.* '${file}'`),
    })
  })

  test.each([
    ['vscode', 'servers', '.config/Code/User/mcp.json'],
    ['claude', 'mcpServers', '.claude.json'],
    ['cursor', 'mcpServers', '.cursor/mcp.json'],
  ])('%s: prints absolute paths, and where they belong', async (editor, key, file) => {
    const { code, out, err } = await bench.sshmcp(['mcp-config', editor])
    expect(code).toBe(0)
    expect(err).toContain(join(bench.home, file))
    const { command, args, env } = JSON.parse(out)[key].sshmcp
    expect([command, args[0], env.SSH_MCP_CONFIG_DIR].every((path) => path.startsWith('/'))).toBe(true)
    expect(existsSync(join(bench.home, file))).toBe(false)
  })

  test('--write keeps comments, order and other servers', async () => {
    const file = join(bench.home, '.cursor/mcp.json')
    mkdirSync(join(bench.home, '.cursor'))
    writeFileSync(file, '{\n  // ours\n  "mcpServers": {\n    "other": { "command": "x" }, // stays\n  }\n}\n')
    for (const url of ['https://a.example.org/mcp', 'https://b.example.org/mcp']) {
      expect((await bench.sshmcp(['mcp-config', 'cursor', '--write', '--url', url])).code).toBe(0)
    }
    const text = readFileSync(file, 'utf8')
    for (const kept of ['// ours', '"command": "x"', '// stays', '"https://b.example.org/mcp"']) {
      expect(text).toContain(kept)
    }
    expect(text).not.toContain('a.example.org')
  })

  test('--write makes the file, and leaves one alone that it cannot read', async () => {
    expect((await bench.sshmcp(['mcp-config', 'vscode', '--write', '--one-person'])).code).toBe(0)
    const file = join(bench.home, '.config/Code/User/mcp.json')
    expect(JSON.parse(readFileSync(file, 'utf8')).servers.sshmcp.env).toMatchObject({
      SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false',
    })
    writeFileSync(file, '{ "servers": ')
    expect(await bench.sshmcp(['mcp-config', 'vscode', '--write'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Nothing was written'),
    })
    expect(readFileSync(file, 'utf8')).toBe('{ "servers": ')
  })

  test('--url: the editor starts `connect` with the token of a file, and says where that has to be', async () => {
    const { out, err } = await bench.sshmcp(['mcp-config', 'vscode', '--url', 'https://ssh.example.org'])
    const { type, args, env } = JSON.parse(out).servers.sshmcp
    expect([type, args.slice(1)]).toEqual(['stdio', ['connect', 'https://ssh.example.org/mcp']])
    expect(env).toEqual({ SSH_MCP_AUTH_TOKEN_FILE: join(bench.config, 'token') })
    expect(err).toContain(`Put the token you were given into ${join(bench.config, 'token')}`)
  })

  test('an editor or an address that is none is wrong use, and so is one that would show the token to the network', async () => {
    expect((await bench.sshmcp(['mcp-config', 'emacs'])).code).toBe(2)
    for (const url of ['ssh.example.org', 'http://ssh.example.org'])
      expect((await bench.sshmcp(['mcp-config', 'vscode', '--url', url])).code).toBe(2)
  })
})

describe('the journal', () => {
  test('search filters as get_audit_logs does', async () => {
    await bench.sshmcp(['run', 'web-1', 'disk_usage'])
    await bench.sshmcp(['run', 'web-1', 'nothing_such'])
    const denied = await bench.sshmcp(['audit', 'search', '--host', 'web-1', '--status', 'ok', '--since', '1h'])
    expect(denied.out).toMatch(/run_ssh_command .*web-1/)
    const { events } = JSON.parse((await bench.sshmcp(['audit', 'search', '--tool', 'run_ssh_command', '--json'])).out)
    expect(events.length).toBeGreaterThan(1)
    expect((await bench.sshmcp(['audit', 'search', '--user', 'nobody'])).out).toContain('Nothing')
    expect((await bench.sshmcp(['audit', 'search', '--until', '2001-01-01'])).out).toContain('Nothing')
    expect((await bench.sshmcp(['audit', 'search', '--since', 'soon'])).code).toBe(2)
    expect((await bench.sshmcp(['audit', 'search', '--status', 'fine'])).code).toBe(2)
  })

  test('export writes every entry once, oldest first', async () => {
    for (let time = 0; time < 3; time++) await bench.sshmcp(['run', 'web-1', 'disk_usage'])
    const { code, out } = await bench.sshmcp(['audit', 'export'])
    expect(code).toBe(0)
    const seqs = out
      .trim()
      .split('\n')
      .map((line) => Number(JSON.parse(line).seq))
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
    expect(new Set(seqs).size).toBe(seqs.length)
    expect(out.match(/"kind":"outcome"/g)?.length).toBe(3)
  })
})

test('redact masks what is cut anywhere, and sums up on stderr', async () => {
  const token = `ghp_${'a1B2'.repeat(9)}`
  const text = `before\nDB_PASSWORD=hunter2secret\ntoken ${token}\nafter\n`
  const pieces = Array.from(text)
  const { code, out, err } = await bench.sshmcp(['redact'], { stdin: pieces })
  expect(code).toBe(0)
  expect(out).toMatch(/^before\nDB_PASSWORD=\[REDACTED:[^\]]+\]\ntoken \[REDACTED:[^\]]+\]\nafter\n$/)
  expect(err).toMatch(/^2 masked: /)
  expect((await bench.sshmcp(['redact'], { stdin: ['plain\n'] })).err).toBe('No secrets found.\n')
  bench.write('redaction.json', { rules: [{ id: 'badge', pattern: 'BDG-[0-9]{6}', prefixes: ['BDG-'] }] })
  expect((await bench.sshmcp(['redact'], { stdin: ['BDG-', '123456\n'] })).out).toBe('[REDACTED:badge]\n')
})
