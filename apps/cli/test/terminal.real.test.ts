import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { openRuntime } from '@sshmcp/runtime'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { requireReal } from '../../../test/support/require-real.ts'
import { intoNothing, onTerminal, withoutTerminal } from './support/real-program.ts'

let home = ''
let env: Readonly<Record<string, string>> = {}
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'sshmcp-tty-'))
  env = { HOME: home, SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false', SSH_MCP_CONFIG_DIR: join(home, 'config') }
  await withoutTerminal(['init', '--one-person'], env)
  const hosts = [{ host_id: 'web-1', hostname: '127.0.0.1', ssh_user: 'deploy' }]
  writeFileSync(join(home, 'config/hosts.json'), JSON.stringify(hosts))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

async function asked(justification = 'stuck', ticket_ref = ''): Promise<string> {
  const runtime = await openRuntime(
    { env, cwd: '/', homeDir: home, login: userInfo().username },
    { version: '0', log: () => {}, adapters: {} },
  )
  const reply = await runtime.pipeline.call({
    tool: 'request_approval',
    args: {
      action: 'run_ssh_command',
      arguments: { host_id: 'web-1', template_id: 'restart_service', params: { service: 'nginx' } },
      justification,
      ticket_ref,
    },
    credential: runtime.credential,
    client: { name: 'test', version: '1' },
    signal: new AbortController().signal,
    via: 'model',
  })
  await runtime.close()
  return reply.isError ? '' : String(reply.result.request_id)
}

/** Values of a hundred kinds that a terminal would obey, swallow or turn around. */
const hostile = [
  ...Array.from({ length: 32 }, (_, code) => String.fromCodePoint(code)),
  ...Array.from({ length: 33 }, (_, n) => String.fromCodePoint(0x7f + n)),
  ...[0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x180b, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028],
  ...[0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0x206f, 0x3164, 0xfeff],
  ...[0xfe0f, 0xffa0, 0xfff9, 0xe0001, 0xe0041, 0xe0100, 0xf0000, 0xe000],
  '\u001b[2J\u001b[H',
  '\u001b]0;title\u0007',
  '\u001b]52;c;ZXZpbA==\u0007',
  '\u001bP+q544e\u001b\\',
  '\u009b31mred',
  '\r| ls',
].map((value) => (typeof value === 'number' ? String.fromCodePoint(value) : value))

/** What may never reach a terminal from elsewhere; the end of a line is ours. */
const raw = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

describe.skipIf(!requireReal('script', 'setsid'))('a person at a real terminal', () => {
  test('types the word there; what is piped into the program is no answer', async () => {
    const id = await asked()
    const piped = await withoutTerminal(['approvals', 'approve', id], env, 'web-1\n')
    expect(piped.out).toContain('TERMINAL_REQUIRED')
    expect(piped.code).toBe(3)
    const wrong = await onTerminal(['approvals', 'approve', id], env, 'web-2\n')
    expect(wrong.out).toContain('APPROVAL_WORD_WRONG')
    expect(wrong.code).toBe(3)
    const right = await onTerminal(['approvals', 'approve', id], env, 'web-1\n')
    expect(right.out).toContain('systemctl restart')
    expect(right.out).toContain(`${id} is approved.`)
    expect(right.code).toBe(0)
  })

  test('sees nothing raw of a hundred hostile values, wherever a request is shown', async () => {
    expect(hostile.length).toBeGreaterThanOrEqual(100)
    const words = hostile.map((value) => `a${value}b`).join(' ')
    const id = await asked(words, words.slice(0, 200))
    const commands = [['list'], ['approve', id]]
    for (const command of commands) {
      const { out } = await onTerminal(['approvals', ...command], { ...env, NO_COLOR: '1' }, 'no\n')
      expect(out).toContain(id)
      expect(out).toMatch(/\\u\{/)
      const lines = out.split('\n').map((line) => line.replace(/\r+$/, ''))
      expect(lines.filter((line) => raw.test(line))).toEqual([])
    }
  })

  test.each([
    ['n', true],
    ['y', false],
  ])('is asked by init for a second person: %j', async (answer, isOnePerson) => {
    const fresh = { ...env, SSH_MCP_CONFIG_DIR: join(home, 'fresh') }
    const { code, out } = await onTerminal(['init'], fresh, `${answer}\n`)
    expect(code).toBe(0)
    expect(out).toContain('Will a second person approve privileged operations?')
    expect(out.includes('"SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL": "false"')).toBe(isOnePerson)
  })

  test('an ended input is no answer', async () => {
    const id = await asked()
    const ended = await onTerminal(['approvals', 'approve', id], env, '')
    expect(ended.out).toContain('APPROVAL_WORD_WRONG')
    expect(ended.code).toBe(3)
  })

  test.each([
    ['what is written at the end', ['audit', 'verify']],
    ['what is written bit by bit', ['doctor']],
    ['what would go on until Ctrl-C', ['audit', 'tail', '--follow']],
  ])('may stop reading without a word of it: %s', async (_, args) => {
    expect((await intoNothing(args, env)).out).not.toMatch(/EPIPE|node:events/)
    expect((await withoutTerminal(['audit', 'verify', '--require', 'signed'], env)).code).toBe(0)
  })

  test('who types the name alone is told who speaks to the server', async () => {
    expect((await onTerminal([], env, '')).out).toContain('`sshmcp --help` has the commands for people')
    expect((await withoutTerminal([], env)).out).not.toContain('for people')
  })
})
