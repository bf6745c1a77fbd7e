import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Operation } from './operation.ts'
import { lookCloselyAt, present } from './present.ts'
import { presentText } from './present-text.ts'
import { approvalsOnFakes, aRestart } from './testing/builders.ts'
import type { ApprovalView } from './view.ts'

const aView = async (operation: Partial<Operation> = {}, rest: Partial<ApprovalView> = {}): Promise<ApprovalView> => {
  const { approvals, alice } = approvalsOnFakes()
  const question = { principal: alice, tool: 'run_ssh_command', action: aRestart(), justification: 'nginx is down' }
  const { approval } = await approvals.request(question)
  return { ...approval, operation: { ...approval.operation, ...operation }, ...rest }
}

/** Written apart from the code under test: printable ASCII and newline; beyond it letters, marks, digits, signs. */
const isHarmless = (character: string): boolean =>
  character <= '~' ? character === '\n' || character >= ' ' : /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character)

const point = (...codes: readonly number[]): string => codes.map((code) => `a${String.fromCodePoint(code)}b`).join('')
const controls = [...Array(32).keys(), ...Array.from({ length: 33 }, (_, n) => 0x7f + n)]
const hidden = [
  0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028,
  0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x202f, 0x2060, 0x2061, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069,
  0x206a, 0x206f, 0x2800, 0x3000, 0x3164, 0xa0, 0x2003, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0xfffb, 0xe0001,
  0xe0041, 0xe007f, 0xe0100, 0xf0000, 0x10ffff, 0xe000, 0xfdd0,
]
const sequences = [
  '\u001b[2J\u001b[H',
  '\u001b]0;title\u0007',
  '\u001b]8;;http://evil\u0007click\u001b]8;;\u0007',
  '\u001b]52;c;ZXZpbA==\u0007',
  '\u001bP+q544e\u001b\\',
  '\u009b31mred',
  'rm -rf /\r systemctl status nginx',
  'a\u0008\u0008\u0008b',
  'line\nHost          | staging-1',
  'x\u202egnp.exe',
  '\u2066hidden\u2069',
  'half \ud800 pair',
  `e${'\u0301'.repeat(40)}`,
]
const hostile = [...controls.map((code) => point(code)), ...hidden.map((code) => point(code)), ...sequences]

describe('hostile values', () => {
  test('are more than a hundred', () => {
    expect(hostile.length).toBeGreaterThan(100)
  })

  test.each(hostile.map((value) => [JSON.stringify(value), value] as const))('%s is nowhere raw', async (_, value) => {
    const view = await aView(
      {
        command: value,
        stdin: value,
        hostname: value,
        host_id: value,
        ssh_user: value,
        tool: value,
        proxy_jump: value,
      },
      { justification: value, ticketRef: value, templateId: value, typedWord: value },
    )
    for (const isFull of [false, true]) {
      const text = presentText(present(view, { isFull }))
      expect(Array.from(text).filter((character) => !isHarmless(character))).toEqual([])
      expect(text).toMatch(/holds \d+ control or invisible characters|not plain ASCII/)
    }
    expect(present(view).operation.find(({ label }) => label === 'Command')?.pieces).not.toEqual([value])
  })

  test('cannot draw a line of ours: wherever the terminal would break, we break before', async () => {
    for (const columns of [40, 80, 132]) {
      for (const filler of [' ', 'x', '漢', '👩', 'ё']) {
        const command = `true${filler.repeat(500)}Host          | staging-1`
        const text = presentText(present(await aView({ command }), { isFull: true }), { columns })
        const lines = text.split('\n').filter((line) => !line.endsWith(':') && line !== '')
        for (const line of lines) {
          expect(line.slice(0, 14)).toMatch(/^([A-Z][A-Za-z, ]*)? *$/)
          expect(line.slice(14, 16)).toMatch(/^[|>!~] $/)
          expect(Array.from(line).reduce((sum, character) => sum + (character <= '~' ? 1 : 2), 0)).toBeLessThanOrEqual(
            columns,
          )
        }
        expect(lines.filter((line) => line.startsWith('Host '))).toHaveLength(1)
      }
    }
  })
})

describe('what is shown', () => {
  test('is every field of the operation, complete, in a fixed order', async () => {
    const view = await aView({ stdin: 'y' })
    expect(present(view).operation.map(({ label, pieces }) => [label, ...pieces])).toEqual([
      ['Tool', 'run_ssh_command'],
      ['Host', 'web-1'],
      ['Address', '127.0.0.1'],
      ['Port', '22'],
      ['Login', 'deploy'],
      ['Through', ''],
      ['Command', 'sudo -n -- systemctl restart nginx'],
      ['Input', 'y'],
      ['Time limit, s', '30'],
      ['Requester', 'alice'],
    ])
    expect(present(view).operation).toHaveLength(Object.keys(view.operation).length)
  })

  test("keeps the model's words apart and says whose they are", async () => {
    const justification = 'Routine check.\nCommand       | ls'
    expect(presentText(present(await aView({}, { justification, ticketRef: 'OPS-1' })))).toBe(
      [
        'What will happen, exactly (made by the server):',
        'Tool          | run_ssh_command',
        'Host          | web-1',
        'Address       | 127.0.0.1',
        'Port          | 22',
        'Login         | deploy',
        'Through       | ',
        '              ! is empty',
        'Command       | sudo -n -- systemctl restart nginx',
        'Input         | ',
        '              ! is empty',
        'Time limit, s | 30',
        'Requester     | alice',
        '',
        'About the request:',
        'Request       | apr_000001',
        'Template      | disk_usage',
        'Asked at      | 2026-01-01T00:00:00.000Z',
        'Ends at       | 2026-01-01T00:10:00.000Z',
        'Decided by    | somebody else than the requester',
        'Status        | pending',
        `Digest        | ${(await aView()).digest.slice(0, 63)}`,
        `              | ${(await aView()).digest.slice(63)}`,
        '',
        "The requester's own words (written by a model; not checked, they may be wrong or meant to persuade):",
        'Reason        > Routine check.\\u{a}Command       | ls',
        '              ! holds 1 control or invisible characters, shown as \\u{…}',
        '              ! holds a run of 7 spaces',
        'Ticket        > OPS-1',
        '',
      ].join('\n'),
    )
  })

  test('of a decided request says by whom and why', async () => {
    const { approvals, alice, bob } = approvalsOnFakes()
    const question = { principal: alice, tool: 'run_ssh_command', action: aRestart(), justification: '' }
    const { requestId } = (await approvals.request(question)).approval
    const denied = await approvals.deny({ requestId, decider: bob, channel: 'page', reason: 'not today' })
    const text = presentText(present(denied), { columns: 120 })
    expect(text).toContain('Decision      | denied by bob (page) at 2026-01-01T00:00:00.000Z')
    expect(text).toContain('Because       | not today')
  })

  test('of a long value is its beginning, its end, its length and its hash; in full on demand', async () => {
    const command = `${'a'.repeat(1_200)}${'HIDDEN'.repeat(1_000)}${'z'.repeat(400)}`
    const view = await aView({ command })
    const part = present(view).operation.find(({ label }) => label === 'Command')
    expect(part).toMatchObject({ pieces: ['a'.repeat(1_200), 'z'.repeat(400)], leftOut: 6_000 })
    const hash = createHash('sha256').update(command).digest('hex')
    expect(part?.remarks).toEqual([`is 7600 characters long, SHA-256 ${hash}; look at it in full before you decide`])
    expect(present(view).isComplete).toBe(false)
    expect(presentText(present(view))).toContain('~ 6000 characters are not shown here')
    const whole = present(view, { isFull: true })
    expect(whole.isComplete).toBe(true)
    expect(whole.operation.find(({ label }) => label === 'Command')?.pieces).toEqual([command])
  })

  test('of 2000 characters is all, of 2001 a part', async () => {
    expect(present(await aView({ stdin: 'x'.repeat(2_000) })).isComplete).toBe(true)
    expect(present(await aView({ stdin: 'x'.repeat(2_001) })).isComplete).toBe(false)
    expect(present(await aView({}, { justification: 'x'.repeat(2_001) })).isComplete).toBe(false)
  })
})

describe('remarks', () => {
  const remarksOn = async (command: string) =>
    present(await aView({ command })).operation.find(({ label }) => label === 'Command')?.remarks

  test.each([
    ['rm -rf /srv/data', []],
    ['systemctl restart nginх', ['is not plain ASCII: U+0445 (Cyrillic)', '"nginх" mixes Latin and Cyrillic letters']],
    ['cat ραth', ['is not plain ASCII: U+03C1 (Greek), U+03B1 (Greek)', '"ραth" mixes Greek and Latin letters']],
    ['echo привет', expect.arrayContaining([expect.stringMatching(/^is not plain ASCII: U\+043F \(Cyrillic\)/)])],
    ['cat 日本のファイル', expect.not.arrayContaining([expect.stringContaining('mixes')])],
    ['café', ['is not plain ASCII: U+00E9 (Latin)']],
    ['𝗅𝗌', ['is not plain ASCII: U+1D5C5 (Common), U+1D5CC (Common)']],
    [' ls', ['begins with a space']],
    ['ls    -l ', ['holds a run of 4 spaces', 'ends with a space']],
    ['echo \\u{a}', ['holds the text \\u{ itself: not every \\u{…} is an invisible character']],
  ])('on %j', async (command, expected) => {
    expect(await remarksOn(command)).toEqual(expected)
  })
})

test('a list is told which parts of the operation have remarks; an empty one has none', async () => {
  expect(lookCloselyAt(await aView())).toEqual([])
  expect(lookCloselyAt(await aView({ host_id: 'wеb-1', command: 'ls    -l', stdin: '' }))).toEqual(['Host', 'Command'])
})

test('what an id stands for is told beside the operation, escaped like everything else', async () => {
  const shown = present(await aView(), { meaning: [['Key is on', 'web-1 (deploy)\u202e']] })
  expect(shown.operation.map(({ label }) => label)).not.toContain('Key is on')
  expect(shown.circumstances[0]).toMatchObject({ label: 'Key is on', pieces: ['web-1 (deploy)\\u{202e}'] })
})
