import type { ClientForm, StdioClient } from '@sshmcp/mcp/client'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { plainShell } from '../support/accounts.ts'
import { requireReal } from '../support/require-real.ts'
import { startSshd, type TestSshd } from '../support/sshd.ts'
import { ApprovalsWorld } from './approvals/approvals-world.ts'
import { atTerminal } from './approvals/at-terminal.ts'
import { RedTeam, type RunArguments } from './approvals/red-team.ts'

const isEntry = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

describe.skipIf(!requireReal('sshd', 'ssh-keygen', 'script'))('one operation, approved and run', () => {
  let sshd: TestSshd
  let world: ApprovalsWorld
  beforeAll(async () => {
    sshd = await startSshd(plainShell)
  })
  beforeEach(() => {
    world = new ApprovalsWorld(sshd)
    return () => world.remove()
  })
  afterAll(() => sshd?.stop())

  /** The journal as an admin reads it: only the steps of this request. */
  async function steps(requestId: string) {
    const admin = await world.server({ as: 'carol' })
    const { data } = await admin.call('get_audit_logs', { last_n: 500 })
    const { events, verified } = data
    const chain = (Array.isArray(events) ? events : [])
      .filter(isEntry)
      .filter(({ approval_request_id, kind }) => approval_request_id === requestId && kind !== 'read')
      .sort((a, b) => Number(a.seq) - Number(b.seq))
    expect(verified).toMatchObject({ verdict: expect.stringMatching(/^OK/) })
    return chain
  }

  /** Runs it twice; then host and journal have to show one execution and who had part in it. */
  async function runsOnce(alice: StdioClient, args: RunArguments, requestId: string, decider: string): Promise<void> {
    const red = new RedTeam(world, alice)
    expect(await red.run(args, requestId)).toBe('done')
    expect(await red.run(args, requestId)).toBe('APPROVAL_USED')
    expect(world.ran()).toHaveLength(1)
    const chain = await steps(requestId)
    const operation_id = chain.findLast(({ kind }) => kind === 'intent')?.operation_id
    expect(operation_id).toMatch(/^op_/)
    const ends = chain.filter(({ kind }) => kind !== 'decision')
    expect(ends.slice(0, 1)).toMatchObject([{ kind: 'approval.requested', user_id: 'alice' }])
    expect(ends.filter(({ kind, user_id }) => kind === 'approval.decided' && user_id === decider)).not.toEqual([])
    expect(ends.slice(-3)).toMatchObject([
      { kind: 'intent', user_id: 'alice', operation_id },
      { kind: 'approval.spent', user_id: 'alice', operation_id },
      { kind: 'outcome', user_id: 'alice', operation_id, status: 'ok', exit_code: 0 },
    ])
    expect(chain.at(-1)).toMatchObject({ kind: 'decision', user_id: 'alice', status: 'denied' })
    const verified = await atTerminal(['audit', 'verify'], world.environment('carol'))
    expect(verified.code).toBe(0)
  }

  test('two people: Alice asks in her editor, Bob types the host at his terminal', async () => {
    const alice = await world.server()
    const red = new RedTeam(world, alice)
    const args = red.restart()
    const requestId = await red.ask(args)
    expect(await red.run(args, requestId)).toBe('APPROVAL_PENDING')
    const own = await atTerminal(['approvals', 'approve', requestId], world.environment('alice'), 'web-1\n')
    expect(own).toMatchObject({ code: 3, shown: expect.stringContaining('APPROVAL_OWN_REQUEST') })
    const done = await atTerminal(['approvals', 'approve', requestId], world.environment('bob'), 'web-1\n')
    expect(done).toMatchObject({ code: 0, shown: expect.stringMatching(/\| echo '?service-1[\s\S]*is approved/) })
    await runsOnce(alice, args, requestId, 'bob')
  })

  test('two people: Bob makes a code at his terminal, which is typed into the chat of Alice', async () => {
    const alice = await world.server()
    const red = new RedTeam(world, alice)
    const args = red.restart()
    const requestId = await red.ask(args)
    const made = await atTerminal(['approvals', 'approve', requestId, '--code'], world.environment('bob'), 'web-1\n')
    const [, code = ''] = /Code: ([0-9A-Z]{8})/.exec(made.shown) ?? []
    expect(code).not.toBe('')
    expect(await red.run(args, requestId)).toBe('APPROVAL_PENDING')
    expect(await red.enter(requestId, code)).toBe('done')
    await runsOnce(alice, args, requestId, 'bob')
  })

  test('one person: the form shows the exact operation, and the host is typed there', async () => {
    const forms: ClientForm[] = []
    const alice = await world.server({
      env: { SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false' },
      onForm: (form) => {
        forms.push(form)
        return { action: 'accept', content: { typed: 'web-1' } }
      },
    })
    const red = new RedTeam(world, alice)
    const args = red.restart()
    const requestId = await red.ask(args)
    expect(forms).toMatchObject([{ fields: ['typed'], text: expect.stringMatching(/\| echo '?service-1/) }])
    await runsOnce(alice, args, requestId, 'alice')
  })

  test('a notification that fails is in the journal, and the request is made all the same', async () => {
    const alice = await world.server({ env: { SSH_MCP_APPROVAL_NOTIFY: '/nonexistent/program' } })
    const requestId = await new RedTeam(world, alice).ask(new RedTeam(world, alice).restart())
    expect(requestId).toMatch(/^apr_/)
    await vi.waitFor(
      async () =>
        expect(await steps(requestId)).toContainEqual(expect.objectContaining({ kind: 'change', status: 'error' })),
      { timeout: 20_000, interval: 500 },
    )
    expect(await new RedTeam(world, alice).approves('bob', requestId)).toMatchObject({ status: 'approved' })
  })
})

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('a medium-risk template is confirmed', () => {
  let sshd: TestSshd
  let world: ApprovalsWorld
  beforeAll(async () => {
    sshd = await startSshd(plainShell)
    world = new ApprovalsWorld(sshd)
  })
  afterAll(async () => {
    await world?.remove()
    await sshd?.stop()
  })

  test.each([
    ['auto', 'accept', 'done', 1],
    ['auto', 'decline', 'CONFIRMATION_DECLINED', 1],
    ['auto', 'cancel', 'CONFIRMATION_DECLINED', 1],
    ['auto', 'no form', 'done', 0],
    ['auto', 'cannot', 'CONFIRMATION_UNAVAILABLE', 1],
    ['elicit', 'accept', 'done', 1],
    ['elicit', 'decline', 'CONFIRMATION_DECLINED', 1],
    ['elicit', 'cancel', 'CONFIRMATION_DECLINED', 1],
    ['elicit', 'no form', 'CONFIRMATION_UNAVAILABLE', 0],
    ['client', 'decline', 'done', 0],
    ['client', 'no form', 'done', 0],
  ] as const)('%s, %s: %s, asked %d times', async (mode, answer, ends, asked) => {
    const forms: ClientForm[] = []
    const onForm = (form: ClientForm) => {
      forms.push(form)
      if (answer === 'cannot') throw new Error('no window to show it in')
      return answer === 'decline' || answer === 'cancel'
        ? { action: answer }
        : { action: 'accept' as const, content: {} }
    }
    const env = { SSH_MCP_CONFIRMATION: mode }
    const client = await world.server(answer === 'no form' ? { env } : { env, onForm })
    const red = new RedTeam(world, client)
    const before = world.ran().length
    expect(await red.call('run_ssh_command', red.restart('web-1', 'reload'))).toBe(ends)
    expect(world.ran().length - before).toBe(ends === 'done' ? 1 : 0)
    expect(forms).toHaveLength(asked)
    for (const { text, fields } of forms) {
      expect(text).toMatch(/Host: web-1 \(.*\)\nCommand: echo '?service-/)
      expect(fields).toEqual([])
    }
    // What only reads is never asked about.
    expect(await red.call('run_ssh_command', red.restart('web-1', 'look'))).toBe('done')
    expect(forms).toHaveLength(asked)
  })
})
