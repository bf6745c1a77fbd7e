import { type Action, type Clock, parseHostId, Secret } from '@sshmcp/kernel'
import { ManualClock } from '@sshmcp/kernel/testing'
import { describe, expect, test } from 'vitest'
import { createApprovals } from './approvals.ts'
import { aPerson, approvalsOnFakes, aRestart } from './testing/builders.ts'

const typed = { typedWord: 'web-1', channel: 'terminal' } as const
const use = (requestId: string | undefined, action: Action = aRestart(), principal = aPerson('alice', 'operator')) => ({
  principal,
  tool: 'run_ssh_command',
  action,
  approvalRequestId: requestId,
})
const approved = async (overrides: Parameters<typeof approvalsOnFakes>[0] = {}) => {
  const fakes = approvalsOnFakes(overrides)
  const question = { principal: fakes.alice, tool: 'run_ssh_command', action: aRestart(), justification: '' }
  const { requestId } = (await fakes.approvals.request(question)).approval
  await fakes.approvals.approve({ requestId, decider: fakes.bob, ...typed })
  return { ...fakes, requestId }
}

describe('an approval', () => {
  test('lets exactly its call through, once', async () => {
    const { approvals, requestId, alice } = await approved()
    const approval = await approvals.check(use(requestId))
    expect(approval.shown).toEqual({
      request_id: requestId,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      requested_by: 'alice',
      mode: 'two-party',
      approved_by: 'bob',
      approved_at: '2026-01-01T00:00:00.000Z',
      channel: 'terminal',
    })
    await approval.spend()
    await expect(approval.spend()).rejects.toMatchObject({ code: 'APPROVAL_USED' })
    await expect(approvals.check(use(requestId))).rejects.toMatchObject({ code: 'APPROVAL_USED' })
    expect((await approvals.get(requestId, alice)).status).toBe('used')
  })

  test('is not spent by being checked', async () => {
    const { approvals, requestId, alice } = await approved()
    for (let n = 0; n < 3; n++) await approvals.check(use(requestId))
    expect((await approvals.get(requestId, alice)).status).toBe('approved')
  })

  test('is spent once by many windows at the same moment', async () => {
    const { deps, store, requestId } = await approved()
    const checked = await Promise.all(
      Array.from({ length: 30 }, () => createApprovals({ ...deps, store: store.reopen() }).check(use(requestId))),
    )
    const spent = await Promise.allSettled(checked.map((approval) => approval.spend()))
    expect(spent.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of spent)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'APPROVAL_USED' })
  })

  test('is not replayed after a restart', async () => {
    const { approvals, deps, store, requestId } = await approved()
    await (await approvals.check(use(requestId))).spend()
    const restarted = createApprovals({ ...deps, store: store.reopen() })
    await expect(restarted.check(use(requestId))).rejects.toMatchObject({ code: 'APPROVAL_USED' })
  })

  test('is needed', async () => {
    const { approvals } = await approved()
    for (const nothing of [undefined, ''])
      await expect(approvals.check(use(nothing))).rejects.toMatchObject({ code: 'APPROVAL_REQUIRED' })
    for (const other of ['apr_none', 'true', 'op_x', '../x'])
      await expect(approvals.check(use(other))).rejects.toMatchObject({ code: 'APPROVAL_UNKNOWN' })
  })
})

describe('another operation', () => {
  const others: readonly (readonly [string, Action])[] = [
    ['command', aRestart({ line: 'sudo -n -- systemctl restart nginx2' })],
    ['stdin', aRestart({ stdin: 'y' })],
    ['timeout_seconds', aRestart({ timeoutSeconds: 31 })],
    ['host_id', aRestart({}, { hostId: parseHostId('web-2') })],
    ['hostname', aRestart({}, { hostname: '127.0.0.2' })],
    ['port', aRestart({}, { port: 23 })],
    ['ssh_user', aRestart({}, { sshUser: 'root' })],
    ['proxy_jump', aRestart({}, { proxyJump: parseHostId('bastion') })],
  ]
  test.each(others)('with another %s is refused by name, and burns nothing', async (field, action) => {
    const { approvals, requestId } = await approved()
    await expect(approvals.check(use(requestId, action))).rejects.toMatchObject({
      code: 'APPROVAL_OTHER_OPERATION',
      message: expect.stringMatching(new RegExp(`: ${field}\\.$`)),
    })
    await (await approvals.check(use(requestId))).spend()
  })

  test('is the same command by another tool, or by another person', async () => {
    const { approvals, requestId, bob } = await approved()
    const background = { ...use(requestId), tool: 'run_ssh_command_background' }
    await expect(approvals.check(background)).rejects.toThrow(/: tool\.$/)
    await expect(approvals.check(use(requestId, aRestart(), bob))).rejects.toThrow(/: requester\.$/)
    const stranger = use(requestId, aRestart(), aPerson('eve', 'developer'))
    await expect(approvals.check(stranger)).rejects.toMatchObject({ code: 'APPROVAL_UNKNOWN' })
  })
})

describe('between approval and use', () => {
  test.each([
    ['before its end', 599_999, undefined],
    ['at its end', 600_000, 'APPROVAL_EXPIRED'],
    ['after its end', 600_001, 'APPROVAL_EXPIRED'],
  ])('%s', async (_, milliseconds, code) => {
    const { approvals, requestId, clock } = await approved()
    const approval = await approvals.check(use(requestId))
    clock.advance(milliseconds)
    const outcome = await approval.spend().then(
      () => undefined,
      (error) => error.code,
    )
    expect(outcome).toBe(code)
  })

  test('the person is revoked, loses the role, or the host', async () => {
    const changes: readonly ((fakes: Awaited<ReturnType<typeof approved>>) => void)[] = [
      ({ people }) => people.revoke('bob'),
      ({ people }) => people.put(aPerson('bob', 'developer')),
      ({ people }) => people.put(aPerson('bob', 'auditor')),
      ({ people }) => people.closeHost('bob', 'web-1'),
    ]
    for (const change of changes) {
      const fakes = await approved()
      const approval = await fakes.approvals.check(use(fakes.requestId))
      change(fakes)
      await expect(approval.spend()).rejects.toMatchObject({ code: 'APPROVAL_DECIDER_INVALID' })
      expect((await fakes.store.read(fakes.requestId)).has('used')).toBe(false)
    }
  })

  test('the server turned to two people: what one person approved no longer counts', async () => {
    const fakes = approvalsOnFakes({ mode: 'one-person' })
    const { approvals, deps, alice } = fakes
    const question = { principal: alice, tool: 'run_ssh_command', action: aRestart(), justification: '' }
    for (const channel of ['terminal', 'client-form'] as const) {
      const { requestId } = (await approvals.request({ ...question, action: aRestart({ line: channel }) })).approval
      await approvals.approve({ requestId, decider: alice, typedWord: 'web-1', channel })
      const strict = createApprovals({ ...deps, mode: 'two-party' })
      await expect(strict.check(use(requestId, aRestart({ line: channel })))).rejects.toMatchObject({
        code: 'APPROVAL_DECIDER_INVALID',
        next: expect.stringContaining('SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL=false here too'),
      })
    }
  })

  test('nobody decided, or somebody denied', async () => {
    const { approvals, alice, bob } = approvalsOnFakes()
    const question = { principal: alice, tool: 'run_ssh_command', action: aRestart(), justification: '' }
    const { requestId } = (await approvals.request(question)).approval
    await expect(approvals.check(use(requestId))).rejects.toMatchObject({ code: 'APPROVAL_PENDING' })
    await approvals.deny({ requestId, decider: bob, channel: 'page', reason: 'not now' })
    await expect(approvals.check(use(requestId))).rejects.toMatchObject({
      code: 'APPROVAL_DENIED',
      message: expect.stringContaining('not now'),
    })
  })
})

/** A clock whose hands can be turned, as an administrator or a bad time server would. */
class TurnedClock implements Clock {
  readonly #true = new ManualClock()
  turnedBy = 0
  now = (): number => this.#true.now() + this.turnedBy
  monotonic = (): number => this.#true.monotonic()
  advance = (milliseconds: number): void => this.#true.advance(milliseconds)
}

describe('a clock that is moved', () => {
  test('back does not revive what this process has seen expire', async () => {
    const clock = new TurnedClock()
    const { approvals, requestId } = await approved({ clock })
    clock.advance(700_000)
    clock.turnedBy = -300_000
    await expect(approvals.check(use(requestId))).rejects.toMatchObject({ code: 'APPROVAL_EXPIRED' })
  })

  test('back to before the request does not revive it after a restart either', async () => {
    const clock = new TurnedClock()
    const { deps, store, requestId } = await approved({ clock })
    clock.advance(700_000)
    clock.turnedBy = -3_600_000
    const restarted = createApprovals({ ...deps, store: store.reopen() })
    await expect(restarted.check(use(requestId))).rejects.toMatchObject({ code: 'APPROVAL_EXPIRED' })
  })

  test('forward ends it', async () => {
    const clock = new TurnedClock()
    const { approvals, requestId } = await approved({ clock })
    clock.turnedBy = 600_000
    await expect(approvals.check(use(requestId))).rejects.toMatchObject({ code: 'APPROVAL_EXPIRED' })
  })
})

describe('a store that was edited', () => {
  const everyChange = (text: string): readonly string[] =>
    Array.from(text, (character, at) => {
      const flipped = String.fromCharCode(character.charCodeAt(0) ^ (1 << (at % 7)))
      return `${text.slice(0, at)}${flipped}${text.slice(at + 1)}`
    })

  /** What a check says with each byte of each part changed. Without `expect` inside: there are thousands. */
  const verdicts = async ({
    deps,
    store,
    requestId,
  }: Pick<Awaited<ReturnType<typeof approved>>, 'deps' | 'store'> & { requestId: string }) => {
    const approvals = createApprovals(deps)
    const codes = new Map<string, number>()
    for (const [part, text] of await store.read(requestId)) {
      for (const changed of [...everyChange(text), '', text.slice(0, -1), text.slice(0, 100), `${text}\n`]) {
        store.overwrite(requestId, part, changed)
        const code = await approvals.check(use(requestId)).then(
          () => 'passed',
          (error) => String(error.code),
        )
        codes.set(code, (codes.get(code) ?? 0) + 1)
      }
      store.overwrite(requestId, part, text)
    }
    return codes
  }

  test('never turns a pending or a denied request into an approval', async () => {
    for (const verdict of ['pending', 'denied'] as const) {
      const fakes = approvalsOnFakes()
      const { approvals, alice, bob } = fakes
      const question = { principal: alice, tool: 'run_ssh_command', action: aRestart(), justification: '' }
      const { requestId } = (await approvals.request(question)).approval
      if (verdict === 'denied') await approvals.deny({ requestId, decider: bob, channel: 'page', reason: 'no' })
      else await approvals.issueCode({ requestId, decider: bob, ...typed })
      const codes = await verdicts({ ...fakes, requestId })
      expect([...codes.keys()]).toEqual(['APPROVAL_DAMAGED'])
      expect(codes.get('APPROVAL_DAMAGED')).toBeGreaterThan(800)
    }
  })

  test('makes an approval worthless wherever a byte of it changed', async () => {
    const fakes = await approved()
    expect([...(await verdicts(fakes)).keys()]).toEqual(['APPROVAL_DAMAGED'])
    await createApprovals(fakes.deps).check(use(fakes.requestId))
  })

  test("takes no decision from another request, another key or an old request's record", async () => {
    const { approvals, deps, store, requestId, alice, bob } = await approved()
    const decision = (await store.read(requestId)).get('decision') ?? ''
    const action = aRestart({ line: 'rm -rf /srv' })
    const question = { principal: alice, tool: 'run_ssh_command', action, justification: '' }
    const other = (await approvals.request(question)).approval.requestId
    store.overwrite(other, 'decision', decision)
    await expect(approvals.check(use(other, action))).rejects.toMatchObject({ code: 'APPROVAL_DAMAGED' })

    const forger = createApprovals({ ...deps, key: new Secret(new Uint8Array(32).fill(9)) })
    const forged = (await forger.request({ ...question, principal: aPerson('alice', 'operator') })).approval.requestId
    await forger.approve({ requestId: forged, decider: bob, ...typed })
    await expect(approvals.check(use(forged, action))).rejects.toMatchObject({ code: 'APPROVAL_DAMAGED' })

    // The same id again with another content: the decision names the request it was for by its bytes.
    const { clock } = approvalsOnFakes()
    clock.advance(1)
    const twin = createApprovals({ ...deps, clock, ids: { next: () => requestId }, store: deps.store })
    await store.remove(requestId)
    await twin.request({ ...question, action: aRestart() })
    store.overwrite(requestId, 'decision', decision)
    await expect(createApprovals(deps).check(use(requestId))).rejects.toMatchObject({ code: 'APPROVAL_DAMAGED' })
  })

  test('by removing the mark of use gives nothing back to the process that used it', async () => {
    const { approvals, store, requestId } = await approved()
    await (await approvals.check(use(requestId))).spend()
    const kept = [...(await store.read(requestId))].filter(([part]) => part !== 'used')
    await store.remove(requestId)
    for (const [part, text] of kept) store.overwrite(requestId, part, text)
    await expect(approvals.check(use(requestId))).rejects.toMatchObject({ code: 'APPROVAL_USED' })
  })

  test('is used, whatever the mark of use says', async () => {
    const { approvals, store, requestId } = await approved()
    store.overwrite(requestId, 'used', 'no')
    await expect(approvals.check(use(requestId))).rejects.toMatchObject({ code: 'APPROVAL_USED' })
  })

  test('is reported, and stops nobody else', async () => {
    const { approvals, store, requestId, alice, bob } = await approved()
    store.overwrite(requestId, 'request', 'garbage')
    store.overwrite('apr_half', 'decision', 'garbage without a request')
    const question = { principal: alice, tool: 'run_ssh_command', action: aRestart(), justification: '' }
    const fresh = await approvals.request(question)
    expect(fresh.isNew).toBe(true)
    expect((await approvals.listPending(bob)).map((view) => view.requestId)).toEqual([fresh.approval.requestId])
    expect(await approvals.listDamaged()).toEqual([requestId])
    await expect(approvals.get(requestId, bob)).rejects.toMatchObject({ code: 'APPROVAL_DAMAGED' })
  })
})

describe('a crash', () => {
  /** The whole life, each write broken in turn; after it the same life again, by a new process. */
  const life = async (fakes: ReturnType<typeof approvalsOnFakes>, store: typeof fakes.store, runs: string[]) => {
    const approvals = createApprovals({ ...fakes.deps, store })
    const question = { principal: fakes.alice, tool: 'run_ssh_command', action: aRestart(), justification: '' }
    const { approval } = await approvals.request(question)
    if (approval.status === 'pending')
      await approvals.approve({ requestId: approval.requestId, decider: fakes.bob, ...typed })
    await (await approvals.check(use(approval.requestId))).spend()
    runs.push(approval.requestId)
  }

  // Writes of a life: request, claim, decision, used.
  const breaks = [0, 1, 2, 3].flatMap((write) => (['before', 'after'] as const).map((point) => ({ write, point })))
  test.each(breaks)(
    '$point write $write never runs an approval twice, and the next try goes on',
    async ({ write, point }) => {
      const fakes = approvalsOnFakes()
      const runs: string[] = []
      const breaking = fakes.store.reopen()
      breaking.breakAt(point, write)
      await expect(life(fakes, breaking, runs)).rejects.toMatchObject({ code: 'APPROVAL_STORE_UNAVAILABLE' })
      expect(runs).toEqual([])
      await life(fakes, fakes.store.reopen(), runs)
      expect(runs).toHaveLength(1)
      expect(new Set(runs).size).toBe(runs.length)
    },
  )
})
