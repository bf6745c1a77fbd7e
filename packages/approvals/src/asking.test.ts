import { parseHostId } from '@sshmcp/kernel'
import { describe, expect, test } from 'vitest'
import { createApprovals } from './approvals.ts'
import { aPerson, approvalsOnFakes, aRestart, MemoryPeople } from './testing/builders.ts'

const question = (principal = aPerson('alice', 'operator'), action = aRestart()) => ({
  principal,
  tool: 'run_ssh_command',
  action,
  justification: 'nginx does not answer',
})

describe('asking', () => {
  test('makes a pending request for exactly the operation', async () => {
    const { approvals } = approvalsOnFakes()
    const { approval, isNew } = await approvals.request({ ...question(), ticketRef: 'OPS-1' })
    expect(isNew).toBe(true)
    expect(approval).toMatchObject({
      action: 'run_ssh_command',
      status: 'pending',
      mode: 'two-party',
      hostIds: ['web-1'],
      requesterId: 'alice',
      templateId: 'disk_usage',
      ticketRef: 'OPS-1',
      createdAt: '2026-01-01T00:00:00.000Z',
      expiresAt: '2026-01-01T00:10:00.000Z',
      typedWord: 'web-1',
      summary: 'run_ssh_command on web-1 as deploy: sudo -n -- systemctl restart nginx',
      decision: undefined,
    })
    expect(approval.digest).toMatch(/^[0-9a-f]{64}$/)
  })

  test('twice for the same is one request, in any window', async () => {
    const { approvals, deps, store } = approvalsOnFakes()
    const first = await approvals.request(question())
    const again = await approvals.request({ ...question(), justification: 'please' })
    const elsewhere = await createApprovals({ ...deps, store: store.reopen() }).request(question())
    expect([again.isNew, elsewhere.isNew]).toEqual([false, false])
    expect(again.approval).toEqual(first.approval)
    expect(elsewhere.approval.requestId).toBe(first.approval.requestId)
  })

  test('at the same moment from many windows is one request', async () => {
    const { deps, store } = approvalsOnFakes()
    const windows = Array.from({ length: 20 }, () => createApprovals({ ...deps, store: store.reopen() }))
    const answers = await Promise.all(windows.map((approvals) => approvals.request(question())))
    expect(new Set(answers.map(({ approval }) => approval.requestId)).size).toBe(1)
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
  })

  test('for anything else is another request', async () => {
    const { approvals, bob } = approvalsOnFakes()
    const requests = [
      await approvals.request(question()),
      await approvals.request(question(bob)),
      await approvals.request(question(undefined, aRestart({ line: 'sudo -n -- systemctl restart nginx2' }))),
      await approvals.request(question(undefined, aRestart({}, { hostId: parseHostId('web-2') }))),
    ]
    expect(new Set(requests.map(({ approval }) => approval.requestId)).size).toBe(4)
  })

  test('again after a denial is the same denied request until its time is over', async () => {
    const { approvals, bob, clock } = approvalsOnFakes()
    const { approval } = await approvals.request(question())
    await approvals.deny({ requestId: approval.requestId, decider: bob, channel: 'terminal', reason: 'not today' })
    clock.advance(599_999)
    const again = await approvals.request(question())
    expect(again).toMatchObject({ isNew: false, approval: { status: 'denied', decision: { reason: 'not today' } } })
    clock.advance(1)
    expect(await approvals.request(question())).toMatchObject({ isNew: true, approval: { status: 'pending' } })
  })

  test('again after use or expiry is a new request', async () => {
    const { approvals, alice, bob, clock } = approvalsOnFakes()
    const { approval } = await approvals.request(question())
    const { requestId } = approval
    await approvals.approve({ requestId, decider: bob, typedWord: 'web-1', channel: 'terminal' })
    const use = { principal: alice, tool: 'run_ssh_command', action: aRestart(), approvalRequestId: requestId }
    await (await approvals.check(use)).spend()
    const second = await approvals.request(question())
    expect(second.isNew).toBe(true)
    clock.advance(600_000)
    const third = await approvals.request(question())
    expect(third.isNew).toBe(true)
    expect(new Set([requestId, second.approval.requestId, third.approval.requestId]).size).toBe(3)
  })

  test('again after the approver was revoked is a new request', async () => {
    const { approvals, bob, people } = approvalsOnFakes()
    const { approval } = await approvals.request(question())
    await approvals.approve({ requestId: approval.requestId, decider: bob, typedWord: 'web-1', channel: 'terminal' })
    expect((await approvals.request(question())).approval.status).toBe('approved')
    people.revoke('bob')
    expect(await approvals.request(question())).toMatchObject({ isNew: true, approval: { status: 'pending' } })
  })

  test('for what needs no approval is refused', async () => {
    const { approvals } = approvalsOnFakes()
    const action = { verb: 'catalog.read', what: 'hosts', selector: '' } as const
    await expect(approvals.request({ ...question(), action })).rejects.toMatchObject({ code: 'APPROVAL_NOT_NEEDED' })
  })
})

describe('nobody who could decide', () => {
  test('is said at once in two-party mode, with both ways out', async () => {
    const alice = aPerson('alice', 'admin')
    const { approvals, store } = approvalsOnFakes({ people: new MemoryPeople(alice, aPerson('eve', 'developer')) })
    const refusal = approvals.request(question(alice))
    await expect(refusal).rejects.toMatchObject({
      code: 'APPROVAL_NO_APPROVER',
      next: expect.stringMatching(/identities add.*SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL=false/),
    })
    expect(await store.list()).toEqual([])
  })

  test('is nobody too when the only other operator may not use the host', async () => {
    const { approvals, people } = approvalsOnFakes()
    people.revoke('root')
    people.closeHost('bob', 'web-1')
    await expect(approvals.request(question())).rejects.toMatchObject({ code: 'APPROVAL_NO_APPROVER' })
  })

  test('is found out when asking again, once the last other is gone', async () => {
    const { approvals, people } = approvalsOnFakes()
    await approvals.request(question())
    people.revoke('root')
    people.revoke('bob')
    await expect(approvals.request(question())).rejects.toMatchObject({ code: 'APPROVAL_NO_APPROVER' })
  })

  test('is not said where people can come that nobody knows beforehand', async () => {
    const people = new MemoryPeople(aPerson('alice', 'admin'))
    people.isComplete = false
    const { approvals } = approvalsOnFakes({ people })
    expect((await approvals.request(question())).isNew).toBe(true)
  })

  test('is not said in one-person mode of somebody who may decide', async () => {
    const alice = aPerson('alice', 'operator')
    const { approvals } = approvalsOnFakes({ mode: 'one-person', people: new MemoryPeople(alice) })
    expect((await approvals.request(question(alice))).approval.mode).toBe('one-person')
  })
})

describe('a secret', () => {
  test('in the command is refused with rule and field, and nothing is stored', async () => {
    const { approvals, store } = approvalsOnFakes()
    const action = aRestart({ line: "mysql '-phunter2'" })
    const refusal = approvals.request({ ...question(), action })
    await expect(refusal).rejects.toMatchObject({ code: 'APPROVAL_CONTAINS_SECRET', field: 'command' })
    await expect(refusal).rejects.toThrow(/password/)
    await expect(refusal).rejects.not.toThrow(/hunter2/)
    expect(await store.list()).toEqual([])
  })

  test("names the caller's own parameter where it stands in one", async () => {
    const { approvals } = approvalsOnFakes()
    const action = aRestart({ line: "mysql '-phunter2'" })
    const refusal = approvals.request({ ...question(), action, inputs: { 'params.flag': '-phunter2' } })
    await expect(refusal).rejects.toMatchObject({ field: 'params.flag' })
  })

  test.each(['stdin', 'line'] as const)('is found in %s', async (field) => {
    const { approvals } = approvalsOnFakes()
    const refusal = approvals.request({ ...question(), action: aRestart({ [field]: 'hunter2' }) })
    await expect(refusal).rejects.toMatchObject({ code: 'APPROVAL_CONTAINS_SECRET' })
  })

  test('in the words beside the operation is redacted, and never stored', async () => {
    const { approvals, store, bob } = approvalsOnFakes()
    const { approval } = await approvals.request({
      ...question(),
      justification: 'pw is hunter2',
      ticketRef: 'hunter2',
    })
    expect(approval).toMatchObject({ justification: 'pw is [redacted]', ticketRef: '[redacted]' })
    const reason = 'never write hunter2'
    const denied = await approvals.deny({ requestId: approval.requestId, decider: bob, channel: 'page', reason })
    expect(denied.decision?.reason).toBe('never write [redacted]')
    for (const record of await store.list()) {
      for (const text of (await store.read(record)).values()) expect(text).not.toContain('hunter2')
    }
  })
})

describe('the bounds', () => {
  const nth = (n: number) => aRestart({ line: `sudo -n -- systemctl restart unit-${n}` })

  test('five undecided requests are the most, and each end makes room', async () => {
    const { approvals, bob, clock } = approvalsOnFakes()
    for (let n = 1; n <= 5; n++) await approvals.request(question(undefined, nth(n)))
    await expect(approvals.request(question(undefined, nth(6)))).rejects.toMatchObject({
      code: 'APPROVAL_LIMIT_REACHED',
    })
    expect(await approvals.request(question(undefined, nth(3)))).toMatchObject({ isNew: false })
    expect(await approvals.request(question(bob, nth(1)))).toMatchObject({ isNew: true })
    const [oldest] = await approvals.listPending(bob)
    await approvals.deny({ requestId: oldest?.requestId ?? '', decider: bob, channel: 'page', reason: 'no' })
    await approvals.request(question(undefined, nth(6)))
    clock.advance(600_000)
    for (let n = 11; n <= 15; n++) await approvals.request(question(undefined, nth(n)))
  })

  test('wrong codes make no room before the time is over, so that nobody floods people with requests', async () => {
    const { approvals, alice, clock } = approvalsOnFakes()
    for (let n = 1; n <= 5; n++) {
      const { approval } = await approvals.request(question(undefined, nth(n)))
      const entry = { requestId: approval.requestId, code: 'AAAAAAAA', caller: alice }
      for (let tries = 1; tries <= 5; tries++) await expect(approvals.approveWithCode(entry)).rejects.toThrow()
    }
    expect(await approvals.listPending(alice)).toEqual([])
    const sixth = () => approvals.request(question(undefined, nth(6)))
    await expect(sixth()).rejects.toMatchObject({ code: 'APPROVAL_LIMIT_REACHED' })
    clock.advance(600_000)
    expect(await sixth()).toMatchObject({ isNew: true })
  })

  test('hold for askers at the same moment, in one window and in many', async () => {
    const { deps, store, root } = approvalsOnFakes()
    const windows = Array.from({ length: 4 }, () => createApprovals({ ...deps, store: store.reopen() }))
    const asked = await Promise.allSettled(
      Array.from({ length: 24 }, (_, n) => windows[n % 4]?.request(question(undefined, nth(n)))),
    )
    const [window] = windows
    const pending = (await window?.listPending(root)) ?? []
    expect(pending.length).toBeLessThanOrEqual(5)
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(pending.length)

    const alone = approvalsOnFakes()
    const parallel = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) => alone.approvals.request(question(undefined, nth(n)))),
    )
    expect(parallel.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
  })

  test('words have a length', async () => {
    const { approvals } = approvalsOnFakes()
    const refusal = approvals.request({ ...question(), justification: 'x'.repeat(4_097) })
    await expect(refusal).rejects.toMatchObject({ code: 'INPUT_INVALID', field: 'justification' })
  })

  test('what ended a day ago is forgotten, what may still matter is not', async () => {
    const { approvals, store, clock } = approvalsOnFakes()
    await approvals.request(question(undefined, nth(1)))
    clock.advance(600_000 + 86_400_000 - 1)
    await approvals.request(question(undefined, nth(2)))
    expect(await store.list()).toHaveLength(4)
    clock.advance(1)
    await approvals.request(question(undefined, nth(3)))
    const left = await store.list()
    expect(left.filter((record) => record.startsWith('apr_'))).toHaveLength(2)
    expect(left.filter((record) => record.startsWith('op_'))).toHaveLength(2)
  })

  test('what has ended is read once and never again', async () => {
    const { deps, store, alice, root, clock } = approvalsOnFakes()
    const reads: string[] = []
    const counting = {
      put: (record: string, part: string, text: string) => store.put(record, part, text),
      list: () => store.list(),
      remove: (record: string) => store.remove(record),
      read: (record: string) => {
        reads.push(record)
        return store.read(record)
      },
    }
    const approvals = createApprovals({ ...deps, store: counting })
    for (let n = 1; n <= 5; n++) await approvals.request(question(alice, nth(n)))
    clock.advance(600_000)
    expect(await approvals.listPending(root)).toEqual([])
    reads.length = 0
    expect(await approvals.listPending(root)).toEqual([])
    expect(reads).toEqual([])
    const { approval } = await approvals.request(question(alice, nth(6)))
    reads.length = 0
    expect(await approvals.listPending(root)).toHaveLength(1)
    expect(reads).toEqual([approval.requestId])
  })
})
