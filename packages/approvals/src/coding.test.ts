import { describe, expect, test } from 'vitest'
import { createApprovals } from './approvals.ts'
import { aPerson, approvalsOnFakes, aRestart } from './testing/builders.ts'

const asked = async (overrides: Parameters<typeof approvalsOnFakes>[0] = {}) => {
  const fakes = approvalsOnFakes(overrides)
  const question = { principal: fakes.alice, tool: 'run_ssh_command', action: aRestart(), justification: '' }
  const { approval } = await fakes.approvals.request(question)
  return { ...fakes, requestId: approval.requestId }
}
const typed = { typedWord: 'web-1', channel: 'terminal' } as const

describe('a one-time code', () => {
  test("of another person approves when it comes back through the requester's client, in another process", async () => {
    const { approvals, deps, store, requestId, alice, bob } = await asked()
    const issued = await approvals.issueCode({ requestId, decider: bob, ...typed })
    expect(issued).toMatchObject({ requestId, expiresAt: '2026-01-01T00:10:00.000Z' })
    expect(JSON.stringify(issued)).not.toContain(issued.code.reveal())
    expect((await approvals.get(requestId, alice)).status).toBe('pending')
    const server = createApprovals({ ...deps, store: store.reopen() })
    const code = issued.code
      .reveal()
      .toLowerCase()
      .replace(/^(.{4})/, ' $1-')
    expect(await server.approveWithCode({ requestId, code, caller: alice })).toMatchObject({
      status: 'approved',
      decision: { deciderId: 'bob', channel: 'code', relayedBy: 'alice' },
    })
  })

  test('is not in the store, nor in what anybody is shown', async () => {
    const { approvals, store, requestId, root, bob } = await asked()
    const code = (await approvals.issueCode({ requestId, decider: bob, ...typed })).code.reveal()
    const texts = await Promise.all(
      (await store.list()).map(async (record) => [...(await store.read(record)).values()]),
    )
    expect(texts.flat().join('')).not.toContain(code)
    expect(JSON.stringify(await approvals.get(requestId, root))).not.toContain(code)
  })

  test('is made by those who could approve, after the word', async () => {
    const { approvals, requestId, alice, bob } = await asked()
    await expect(approvals.issueCode({ requestId, decider: alice, ...typed })).rejects.toMatchObject({
      code: 'APPROVAL_OWN_REQUEST',
    })
    await expect(
      approvals.issueCode({ requestId, decider: bob, typedWord: 'web', channel: 'terminal' }),
    ).rejects.toMatchObject({ code: 'APPROVAL_WORD_WRONG' })
    await expect(
      approvals.issueCode({ requestId, decider: aPerson('d', 'developer'), ...typed }),
    ).rejects.toMatchObject({ code: 'APPROVAL_UNKNOWN' })
  })

  test('is worth nothing for another request', async () => {
    const { approvals, requestId, alice, bob } = await asked()
    const action = aRestart({ line: 'reboot' })
    const other = await approvals.request({ principal: alice, tool: 'run_ssh_command', action, justification: '' })
    await approvals.issueCode({ requestId: other.approval.requestId, decider: bob, ...typed })
    const code = (await approvals.issueCode({ requestId, decider: bob, ...typed })).code.reveal()
    await expect(
      approvals.approveWithCode({ requestId: other.approval.requestId, code, caller: alice }),
    ).rejects.toMatchObject({ code: 'APPROVAL_CODE_WRONG' })
  })

  test('replaces the one before; five are the most', async () => {
    const { approvals, requestId, alice, bob, root } = await asked()
    const codes: string[] = []
    for (const decider of [bob, root, bob, bob, root])
      codes.push((await approvals.issueCode({ requestId, decider, ...typed })).code.reveal())
    await expect(approvals.issueCode({ requestId, decider: bob, ...typed })).rejects.toMatchObject({
      code: 'APPROVAL_CODE_LIMIT_REACHED',
    })
    const [first = '', last = ''] = [codes[0], codes[4]]
    await expect(approvals.approveWithCode({ requestId, code: first, caller: alice })).rejects.toMatchObject({
      code: 'APPROVAL_CODE_WRONG',
    })
    const view = await approvals.approveWithCode({ requestId, code: last, caller: alice })
    expect(view.decision?.deciderId).toBe('root')
  })

  test('dies with the person who made it', async () => {
    const { approvals, requestId, alice, bob, people } = await asked()
    const code = (await approvals.issueCode({ requestId, decider: bob, ...typed })).code.reveal()
    people.revoke('bob')
    await expect(approvals.approveWithCode({ requestId, code, caller: alice })).rejects.toMatchObject({
      code: 'APPROVAL_DECIDER_INVALID',
    })
    people.put(aPerson('bob', 'developer'))
    await expect(approvals.approveWithCode({ requestId, code, caller: alice })).rejects.toMatchObject({
      code: 'APPROVAL_DECIDER_ROLE_MISSING',
    })
  })

  test('dies with the request', async () => {
    const { approvals, requestId, alice, bob, clock } = await asked()
    const code = (await approvals.issueCode({ requestId, decider: bob, ...typed })).code.reveal()
    clock.advance(600_000)
    await expect(approvals.approveWithCode({ requestId, code, caller: alice })).rejects.toMatchObject({
      code: 'APPROVAL_EXPIRED',
    })
  })
})

describe('wrong codes', () => {
  const wrong = ['', '00000000', 'Ω', 'x'.repeat(10_000), '\u0000\u202e']

  test('of somebody who may not see the request are as for one that never was, and cost it no try', async () => {
    const { approvals, requestId, bob } = await asked()
    const stranger = aPerson('mallory', 'developer')
    const code = (await approvals.issueCode({ requestId, decider: bob, ...typed })).code.reveal()
    for (const guess of wrong)
      await expect(approvals.approveWithCode({ requestId, code: guess, caller: stranger })).rejects.toMatchObject({
        code: 'APPROVAL_UNKNOWN',
      })
    // The right one is the decision of whoever made it: its bearer needs no role.
    expect(await approvals.approveWithCode({ requestId, code, caller: stranger })).toMatchObject({ status: 'approved' })
  })

  test('of any shape count, and the fifth denies everywhere', async () => {
    const { approvals, deps, store, requestId, alice, bob, root } = await asked()
    const code = (await approvals.issueCode({ requestId, decider: bob, ...typed })).code.reveal()
    const outcomes: string[] = []
    for (const guess of wrong)
      await approvals
        .approveWithCode({ requestId, code: guess, caller: alice })
        .catch((error) => outcomes.push(error.code))
    expect(outcomes).toEqual([...Array(4).fill('APPROVAL_CODE_WRONG'), 'APPROVAL_DENIED'])
    const elsewhere = createApprovals({ ...deps, store: store.reopen() })
    for (const late of [
      elsewhere.approveWithCode({ requestId, code, caller: alice }),
      elsewhere.approve({ requestId, decider: root, ...typed }),
      elsewhere.issueCode({ requestId, decider: bob, ...typed }),
    ])
      await expect(late).rejects.toMatchObject({ code: 'APPROVAL_ALREADY_DECIDED' })
    expect(await elsewhere.get(requestId, alice)).toMatchObject({
      status: 'denied',
      decision: { deciderId: undefined, reason: 'Five wrong codes were typed.', relayedBy: 'alice' },
    })
  })

  test('count before any code was made, so that nobody learns whether there is one', async () => {
    const { approvals, requestId, alice } = await asked()
    await expect(approvals.approveWithCode({ requestId, code: '00000000', caller: alice })).rejects.toMatchObject({
      code: 'APPROVAL_CODE_WRONG',
      message: expect.stringContaining('4 more'),
    })
  })

  test('in parallel are not more than five either, though one of them be right', async () => {
    const { approvals, deps, store, requestId, alice, bob } = await asked()
    const code = (await approvals.issueCode({ requestId, decider: bob, ...typed })).code.reveal()
    const guesses = [...Array.from({ length: 40 }, (_, n) => String(n).padStart(8, '0')), code]
    const outcomes = await Promise.allSettled(
      guesses.map((guess) =>
        createApprovals({ ...deps, store: store.reopen() }).approveWithCode({ requestId, code: guess, caller: alice }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(0)
    expect((await approvals.get(requestId, alice)).status).toBe('denied')
  })

  test('deny even when the denial itself could not be written', async () => {
    const { approvals, deps, store, requestId, alice, root } = await asked()
    const guess = { requestId, code: '00000000', caller: alice }
    for (let n = 1; n <= 4; n++) await expect(approvals.approveWithCode(guess)).rejects.toThrow()
    const breaking = store.reopen()
    // Five tries are looked for in turn; the write after the fifth is the denial.
    breaking.breakAt('before', 5)
    const crashed = createApprovals({ ...deps, store: breaking }).approveWithCode(guess)
    await expect(crashed).rejects.toMatchObject({ code: 'APPROVAL_STORE_UNAVAILABLE' })
    expect((await approvals.get(requestId, alice)).status).toBe('denied')
    await expect(approvals.approve({ requestId, decider: root, ...typed })).rejects.toMatchObject({
      code: 'APPROVAL_ALREADY_DECIDED',
    })
  })
})
