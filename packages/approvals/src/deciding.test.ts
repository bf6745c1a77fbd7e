import { describe, expect, test } from 'vitest'
import { createApprovals } from './approvals.ts'
import { aPerson, approvalsOnFakes, aRestart, MemoryPeople } from './testing/builders.ts'

const asked = async (overrides: Parameters<typeof approvalsOnFakes>[0] = {}) => {
  const fakes = approvalsOnFakes(overrides)
  const { approval } = await fakes.approvals.request({
    principal: fakes.alice,
    tool: 'run_ssh_command',
    action: aRestart(),
    justification: '',
  })
  return { ...fakes, requestId: approval.requestId }
}
const typed = { typedWord: 'web-1', channel: 'terminal' } as const

describe('approving in two-party mode', () => {
  test('is done by another operator or an admin, on a terminal or a page', async () => {
    for (const who of ['bob', 'root'] as const) {
      for (const channel of ['terminal', 'page'] as const) {
        const { approvals, requestId, ...people } = await asked()
        const view = await approvals.approve({ requestId, decider: people[who], typedWord: 'web-1', channel })
        expect(view).toMatchObject({
          status: 'approved',
          decision: { verdict: 'approved', deciderId: who, channel, relayedBy: undefined, reason: '' },
        })
      }
    }
  })

  test('is never done by the requester, not even as an admin', async () => {
    const { approvals, requestId, alice } = await asked()
    const roots = aPerson('alice', 'operator', 'admin', 'developer', 'auditor')
    for (const decider of [alice, roots]) {
      const self = approvals.approve({ requestId, decider, ...typed })
      await expect(self).rejects.toMatchObject({ code: 'APPROVAL_OWN_REQUEST' })
    }
    expect((await approvals.get(requestId, alice)).status).toBe('pending')
  })

  test("never comes by the requester's client, whoever is said to sit there", async () => {
    const { approvals, requestId, alice, bob, root } = await asked()
    for (const decider of [alice, bob, root]) {
      const form = approvals.approve({ requestId, decider, typedWord: 'web-1', channel: 'client-form' })
      await expect(form).rejects.toMatchObject({ code: 'APPROVAL_CHANNEL_REFUSED' })
    }
  })

  test('is two-party for a terminal that believes otherwise', async () => {
    const { deps, requestId, alice } = await asked()
    const lax = createApprovals({ ...deps, mode: 'one-person' })
    await expect(lax.approve({ requestId, decider: alice, ...typed })).rejects.toMatchObject({
      code: 'APPROVAL_OWN_REQUEST',
    })
  })

  test('needs role and host', async () => {
    const { approvals, requestId, bob, people } = await asked()
    for (const decider of [aPerson('dev', 'developer'), aPerson('aud', 'auditor')])
      await expect(approvals.approve({ requestId, decider, ...typed })).rejects.toMatchObject({
        code: 'APPROVAL_UNKNOWN',
      })
    people.closeHost('bob', 'web-1')
    await expect(approvals.approve({ requestId, decider: bob, ...typed })).rejects.toMatchObject({
      code: 'APPROVAL_UNKNOWN',
    })
  })

  test('needs the word, exactly, and a wrong one changes nothing', async () => {
    const { approvals, requestId, bob } = await asked()
    for (const typedWord of ['', 'web', 'web-2', 'WEB-1', 'wеb-1', 'web-1 web-1', 'y', 'yes', 'run_ssh_command']) {
      const wrong = approvals.approve({ requestId, decider: bob, typedWord, channel: 'terminal' })
      await expect(wrong).rejects.toMatchObject({ code: 'APPROVAL_WORD_WRONG' })
    }
    expect((await approvals.get(requestId, bob)).status).toBe('pending')
    expect((await approvals.approve({ requestId, decider: bob, ...typed, typedWord: ' web-1\n' })).status).toBe(
      'approved',
    )
  })

  test('happens once: the first decision stands', async () => {
    const { approvals, requestId, bob, root } = await asked()
    await approvals.deny({ requestId, decider: bob, channel: 'page', reason: 'no' })
    await expect(approvals.approve({ requestId, decider: root, ...typed })).rejects.toMatchObject({
      code: 'APPROVAL_ALREADY_DECIDED',
      message: expect.stringContaining('no'),
    })
  })

  test('of many at once has one winner', async () => {
    const { deps, store, requestId, bob, root } = await asked()
    const decide = (n: number) => {
      const approvals = createApprovals({ ...deps, store: store.reopen() })
      return n % 2 === 0
        ? approvals.approve({ requestId, decider: bob, ...typed })
        : approvals.deny({ requestId, decider: root, channel: 'page', reason: `no ${n}` })
    }
    const decided = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => decide(n)))
    expect(decided.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test.each([
    [599_999, 'approved'],
    [600_000, 'APPROVAL_EXPIRED'],
    [600_001, 'APPROVAL_EXPIRED'],
  ])('after %i ms: %s', async (milliseconds, expected) => {
    const { approvals, requestId, bob, clock } = await asked()
    clock.advance(milliseconds)
    const came = await approvals.approve({ requestId, decider: bob, ...typed }).then(
      ({ status }) => status,
      ({ code }) => code,
    )
    expect(came).toBe(expected)
  })
})

describe('denying', () => {
  test('wants a reason and is final', async () => {
    const { approvals, requestId, bob } = await asked()
    for (const reason of ['', '  \n'])
      await expect(approvals.deny({ requestId, decider: bob, channel: 'page', reason })).rejects.toMatchObject({
        code: 'APPROVAL_REASON_MISSING',
      })
    const denied = await approvals.deny({ requestId, decider: bob, channel: 'page', reason: ' wrong host ' })
    expect(denied).toMatchObject({ status: 'denied', decision: { reason: 'wrong host', deciderId: 'bob' } })
  })

  test('is open to the requester, who can only make it safer', async () => {
    const { approvals, requestId, alice } = await asked()
    const denied = await approvals.deny({ requestId, decider: alice, channel: 'terminal', reason: 'mistake' })
    expect(denied.status).toBe('denied')
  })

  test('is closed to those who may not decide', async () => {
    const { approvals, requestId } = await asked()
    const decider = aPerson('dev', 'developer')
    await expect(approvals.deny({ requestId, decider, channel: 'page', reason: 'x' })).rejects.toMatchObject({
      code: 'APPROVAL_UNKNOWN',
    })
  })

  test('cannot take an approval back', async () => {
    const { approvals, requestId, bob, root } = await asked()
    await approvals.approve({ requestId, decider: bob, ...typed })
    await expect(approvals.deny({ requestId, decider: root, channel: 'page', reason: 'x' })).rejects.toMatchObject({
      code: 'APPROVAL_ALREADY_DECIDED',
    })
  })
})

describe('one-person mode', () => {
  const alone = () => asked({ mode: 'one-person', people: new MemoryPeople(aPerson('alice', 'operator')) })

  test.each(['terminal', 'page', 'client-form'] as const)(
    'the requester decides by %s with the word typed',
    async (channel) => {
      const { approvals, requestId, alice } = await alone()
      await expect(approvals.approve({ requestId, decider: alice, typedWord: '', channel })).rejects.toMatchObject({
        code: 'APPROVAL_WORD_WRONG',
      })
      const view = await approvals.approve({ requestId, decider: alice, typedWord: 'web-1', channel })
      expect(view).toMatchObject({ status: 'approved', decision: { deciderId: 'alice', channel } })
    },
  )

  test('whoever was revoked while the form was open decides nothing, and neither does who lost the role', async () => {
    const people = new MemoryPeople(aPerson('alice', 'operator'))
    const { approvals, requestId, alice } = await asked({ mode: 'one-person', people })
    const form = { requestId, decider: alice, typedWord: 'web-1', channel: 'client-form' } as const
    people.put(aPerson('alice', 'developer'))
    await expect(approvals.approve(form)).rejects.toMatchObject({ code: 'APPROVAL_DECIDER_ROLE_MISSING' })
    people.revoke('alice')
    await expect(approvals.approve(form)).rejects.toMatchObject({ code: 'APPROVAL_DECIDER_INVALID' })
    people.put(alice)
    expect(await approvals.get(requestId, alice)).toMatchObject({ status: 'pending' })
  })

  test("a form is the requester's and nobody else's", async () => {
    const { approvals, requestId } = await alone()
    const form = { requestId, decider: aPerson('root', 'admin'), typedWord: 'web-1', channel: 'client-form' } as const
    await expect(approvals.approve(form)).rejects.toMatchObject({ code: 'APPROVAL_CHANNEL_REFUSED' })
  })
})

describe('seeing', () => {
  const sees = async (principal: ReturnType<typeof aPerson>) => {
    const { approvals, requestId, people } = await asked()
    people.closeHost('far', 'web-1')
    const listed = (await approvals.listPending(principal)).map((view) => view.requestId)
    const got = await approvals.get(requestId, principal).then(
      () => true,
      ({ code }) => {
        expect(code).toBe('APPROVAL_UNKNOWN')
        return false
      },
    )
    expect(listed).toEqual(got ? [requestId] : [])
    return got
  }

  test.each([
    [true, 'the requester as a developer', aPerson('alice', 'developer')],
    [true, 'the requester as an operator', aPerson('alice', 'operator')],
    [false, 'the requester as an auditor', aPerson('alice', 'auditor')],
    [false, 'another developer', aPerson('dave', 'developer')],
    [true, 'an operator who may use the host', aPerson('bob', 'operator')],
    [false, 'an operator who may not', aPerson('far', 'operator')],
    [true, 'an admin, host or not', aPerson('far', 'admin')],
    [false, 'an auditor', aPerson('aud', 'auditor')],
    [true, 'an auditor who is an operator too', aPerson('both', 'auditor', 'operator')],
  ])('%s for %s', async (expected, _, principal) => {
    expect(await sees(principal)).toBe(expected)
  })

  test('an unknown request and an impossible id are the same', async () => {
    const { approvals, bob } = await asked()
    for (const requestId of ['apr_none', '', '..', '../apr_000001', 'op_x', 'apr_000001/', 'apr_\u0000'])
      await expect(approvals.get(requestId, bob)).rejects.toMatchObject({ code: 'APPROVAL_UNKNOWN' })
  })

  test('what is decided is no longer in the list, the oldest comes first', async () => {
    const { approvals, requestId, alice, bob, clock } = await asked()
    clock.advance(1)
    const action = aRestart({ line: 'reboot' })
    await approvals.request({ principal: alice, tool: 'run_ssh_command', action, justification: '' })
    expect((await approvals.listPending(bob)).map(({ requestId: id }) => id)).toEqual([requestId, 'apr_000002'])
    await approvals.approve({ requestId, decider: bob, ...typed })
    expect((await approvals.listPending(bob)).map(({ requestId: id }) => id)).toEqual(['apr_000002'])
  })
})

describe('waiting', () => {
  test('ends with the decision', async () => {
    const { deps, requestId, alice, bob } = await asked()
    let looks = 0
    const approvals = createApprovals({
      ...deps,
      pause: async () => {
        looks++
        if (looks === 3) await approvals.approve({ requestId, decider: bob, ...typed })
      },
    })
    expect((await approvals.wait(requestId, alice, 30, new AbortController().signal)).status).toBe('approved')
    expect(looks).toBe(3)
  })

  test('ends with the time, still pending', async () => {
    const { approvals, requestId, alice, clock } = await asked()
    const before = clock.now()
    expect((await approvals.wait(requestId, alice, 30, new AbortController().signal)).status).toBe('pending')
    expect(clock.now() - before).toBe(30_000)
  })

  test('of no seconds answers at once', async () => {
    const { approvals, requestId, alice, clock } = await asked()
    const before = clock.now()
    expect((await approvals.wait(requestId, alice, 0, new AbortController().signal)).status).toBe('pending')
    expect(clock.now()).toBe(before)
  })

  test('ends with the expiry', async () => {
    const { approvals, requestId, alice, clock } = await asked()
    clock.advance(595_000)
    expect((await approvals.wait(requestId, alice, 30, new AbortController().signal)).status).toBe('expired')
  })

  test('ends when the call is cancelled, on the real timer too', async () => {
    const { deps, requestId, alice } = await asked()
    const { pause: _, ...rest } = deps
    const controller = new AbortController()
    const waiting = createApprovals(rest).wait(requestId, alice, 30, controller.signal)
    controller.abort(new Error('cancelled'))
    await expect(waiting).rejects.toThrow('cancelled')
  })
})
