import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type CliBench, cliBench } from './support/cli-bench.ts'

const restart = { host_id: 'web-1', template_id: 'restart_service', params: { service: 'nginx' } }

let bench: CliBench
beforeEach(async () => {
  bench = cliBench({ env: { SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false' } })
  await bench.withHost()
})
afterEach(() => bench.remove())

async function asked(justification = 'nginx is stuck'): Promise<string> {
  const asking = { action: 'run_ssh_command', arguments: restart, justification }
  const { result, error } = await bench.asModel('request_approval', asking)
  expect(error).toBeUndefined()
  return String(result?.request_id)
}

describe('approve', () => {
  test('shows the exact operation on the terminal and takes the typed host_id', async () => {
    const id = await asked()
    const done = await bench.sshmcp(['approvals', 'approve', id], { typed: ['web-1'] })
    expect(done).toMatchObject({ code: 0, out: `${id} is approved.\n` })
    expect(done.asked).toMatch(/\| .*systemctl restart .*nginx/)
    expect(done.asked).toContain('> nginx is stuck')
    const ran = await bench.sshmcp(['run', 'web-1', 'restart_service', '--param', 'service=nginx', '--approval', id])
    expect(ran.code).toBe(0)
    const again = await bench.sshmcp(['run', 'web-1', 'restart_service', '--param', 'service=nginx', '--approval', id])
    expect(again).toMatchObject({ code: 3, err: expect.stringContaining('APPROVAL_USED') })
  })

  test.each(['', 'yes', 'web-2', 'WEB-1'])('a wrong word (%j) leaves it pending', async (word) => {
    const id = await asked()
    expect(await bench.sshmcp(['approvals', 'approve', id], { typed: [word] })).toMatchObject({
      code: 3,
      err: expect.stringContaining('APPROVAL_WORD_WRONG'),
    })
    expect((await bench.sshmcp(['approvals', 'show', id])).out).toMatch(/status pending\n$/)
  })

  test('without a terminal it refuses, whatever stands on stdin', async () => {
    const id = await asked()
    expect(await bench.sshmcp(['approvals', 'approve', id], { stdin: ['web-1\n'] })).toMatchObject({
      code: 3,
      err: expect.stringContaining('TERMINAL_REQUIRED'),
    })
    expect((await bench.sshmcp(['approvals', 'show', id])).out).toMatch(/status pending\n$/)
  })

  test('there is no --yes', async () => {
    expect((await bench.sshmcp(['approvals', 'approve', await asked(), '--yes'])).code).toBe(2)
  })

  test('--code gives a code that takes effect in the chat', async () => {
    const id = await asked()
    const made = await bench.sshmcp(['approvals', 'approve', id, '--code', '--json'], { typed: ['web-1'] })
    expect(made.code).toBe(0)
    const { code, ...rest } = JSON.parse(made.out)
    expect(rest).toEqual({ request_id: id, expires_at: expect.any(String) })
    expect((await bench.sshmcp(['approvals', 'show', id])).out).toMatch(/status pending\n$/)
    const back = await bench.asModel('approve_request', { request_id: id, approval_token: code })
    expect(back).toMatchObject({ result: { status: 'approved' } })
  })

  test('an unknown request is a refusal', async () => {
    expect(await bench.sshmcp(['approvals', 'approve', 'nothing'], { typed: ['web-1'] })).toMatchObject({
      code: 3,
      err: expect.stringContaining('APPROVAL_UNKNOWN'),
      asked: '',
    })
  })
})

test('deny is final and wants a reason', async () => {
  const id = await asked()
  expect((await bench.sshmcp(['approvals', 'deny', id])).code).toBe(2)
  expect(await bench.sshmcp(['approvals', 'deny', id, '--reason', 'not now'])).toMatchObject({ code: 0 })
  const late = await bench.sshmcp(['approvals', 'approve', id], { typed: ['web-1'] })
  expect(late).toMatchObject({ code: 3, err: expect.stringContaining('is denied'), asked: '' })
})

test('list is for people and, with --json, for scripts', async () => {
  expect((await bench.sshmcp(['approvals', 'list'])).out).toBe('Nothing waits for a decision.\n')
  const id = await asked('nginx \u001b[2Jis stuck')
  const shown = await bench.sshmcp(['approvals', 'list'])
  expect(shown.out).toContain(id)
  expect(shown.out).not.toContain('\u001b')
  const { pending } = JSON.parse((await bench.sshmcp(['approvals', 'list', '--json'])).out)
  expect(pending).toMatchObject([{ request_id: id, host_id: 'web-1', action: 'run_ssh_command' }])
})

test('list points at what is easily misread, and at nothing else', async () => {
  await asked()
  expect((await bench.sshmcp(['approvals', 'list'])).out).not.toContain('look closely')
  bench.write('templates.json', [
    {
      template_id: 'say',
      description: 'Says',
      argv: ['echo', '{word}'],
      allowed_params: { word: '^.*$' },
      risk_level: 'high',
    },
  ])
  const say = { host_id: 'web-1', template_id: 'say', params: { word: 'nginх' } }
  const asking = { action: 'run_ssh_command', arguments: say, justification: 'hello' }
  expect(await bench.asModel('request_approval', asking)).toMatchObject({ result: { status: 'pending' } })
  expect(
    (await bench.sshmcp(['approvals', 'list'])).out.match(/! look closely: something in Command is easily misread/g),
  ).toHaveLength(1)
})

test('watch shows what waits, what arrives and what is decided, until Ctrl-C', async () => {
  const first = await asked()
  const { written, interrupt, ended } = bench.start(['approvals', 'watch'])
  await vi.waitFor(() => expect(written.out).toContain(first), 10_000)
  await bench.sshmcp(['approvals', 'deny', first, '--reason', 'no'])
  await vi.waitFor(() => expect(written.out).toContain(`${first}  denied by local:dana`), 10_000)
  const second = await asked('once more')
  await vi.waitFor(() => expect(written.out).toContain(second), 10_000)
  interrupt()
  expect(await ended).toBe(0)
})

test('no name that a model calls moves the cursor or forges a line of the journal', async () => {
  const name = 'run_ssh_command\u001b[1A\u001b[2K\u009b2J\u202e\n    9  outcome  bob  ok'
  await bench.asModel(name, {})
  await bench.asModel('x'.repeat(10_000), {})
  const [reads, searches] = [await bench.sshmcp(['audit', 'tail']), await bench.sshmcp(['audit', 'search'])]
  for (const { out } of [reads, searches]) {
    expect(out).toContain('run_ssh_command\\u{1b}[1A')
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^ {4}9 {2}outcome|x{100}/m)
  }
  const json = (await bench.sshmcp(['audit', 'search', '--json'])).out
  expect(json).not.toMatch(/[\u007f-\u009f\u202e]/)
  expect(JSON.parse(json).events).toContainEqual(expect.objectContaining({ tool: name }))
})
