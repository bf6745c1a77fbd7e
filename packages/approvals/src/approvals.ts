import { randomBytes } from 'node:crypto'
import { type Clock, type IdSource, type Principal, rfc3339, type Secret } from '@sshmcp/kernel'
import { type ApprovalMode, maySee } from './access.ts'
import type { ApprovalStore } from './approval-store.ts'
import { type ApprovalAsk, ask } from './asking.ts'
import type { RandomBytes } from './codes.ts'
import { type Approving, approve, approveWithCode, type CodeEntry, type Denying, deny, issueCode } from './deciding.ts'
import { type ApprovalPolicy, type Desk, found, seenBy, standing } from './desk.ts'
import { Ledger, type StoredApproval } from './ledger.ts'
import { liveApprovals } from './live.ts'
import { type Pause, timerPause } from './pause.ts'
import type { People } from './people.ts'
import { createSeal } from './seal.ts'
import { requireSettings } from './settings.ts'
import { type ApprovalUse, type CheckedApproval, check } from './spending.ts'
import { type ApprovalView, viewOf } from './view.ts'
import { createWitness } from './witness.ts'

/** What approvals are made of. */
export interface ApprovalsDeps {
  readonly store: ApprovalStore
  readonly clock: Clock
  /** Ids must be unguessable: knowing a request's id is part of what protects it. */
  readonly ids: IdSource
  /** At least 32 bytes, the same for every process that shares the store, kept outside of it. */
  readonly key: Secret<Uint8Array>
  readonly policy: ApprovalPolicy
  readonly mode: ApprovalMode
  readonly people: People
  /** The redactor's rules that find something in a text; empty when none does. */
  readonly containsSecret: (text: string) => readonly string[]
  /** For words that are kept beside the operation: justification, ticket, reason. */
  readonly redactText: (text: string) => string
  /** The platform's source when left out. */
  readonly randomBytes?: RandomBytes
  /** The machine's timer when left out. */
  readonly pause?: Pause
}

/** A code as the person who made it sees it, once. */
export interface IssuedCode {
  readonly requestId: string
  readonly code: Secret
  readonly expiresAt: string
}

/**
 * One person approves one exact operation, once.
 *
 * Every method reads the store afresh, so several processes may share one. Its `check` is the gate of the pipeline.
 */
export interface Approvals {
  /**
   * Asks for an approval; the same operation asked again is the same request with its present status.
   *
   * @throws APPROVAL_NOT_NEEDED, APPROVAL_CONTAINS_SECRET, APPROVAL_NO_APPROVER, APPROVAL_LIMIT_REACHED, INPUT_INVALID
   */
  request(question: ApprovalAsk): Promise<{ readonly approval: ApprovalView; readonly isNew: boolean }>
  /** @throws APPROVAL_UNKNOWN (also for what the principal may not see), APPROVAL_DAMAGED */
  get(requestId: string, principal: Principal): Promise<ApprovalView>
  /** What waits for a decision and the principal may see, oldest first. Damaged requests are never in it. */
  listPending(principal: Principal): Promise<readonly ApprovalView[]>
  /** How many wait for a decision, whoever may see them. @throws APPROVAL_STORE_UNAVAILABLE */
  countPending(): Promise<number>
  /** Ids of requests that are damaged or were edited, for those who look after the machine. */
  listDamaged(): Promise<readonly string[]>
  /** Returns when the request is no longer pending or the time is over. @throws the signal's reason, APPROVAL_UNKNOWN */
  wait(requestId: string, principal: Principal, seconds: number, signal: AbortSignal): Promise<ApprovalView>
  /**
   * @throws APPROVAL_UNKNOWN, APPROVAL_OWN_REQUEST, APPROVAL_DECIDER_ROLE_MISSING, APPROVAL_CHANNEL_REFUSED,
   * APPROVAL_WORD_WRONG (still pending), APPROVAL_ALREADY_DECIDED, APPROVAL_EXPIRED
   */
  approve(approving: Approving): Promise<ApprovalView>
  /** Final. @throws as `approve`, and APPROVAL_REASON_MISSING */
  deny(denying: Denying): Promise<ApprovalView>
  /** As `approve`, but it takes effect when the code comes back. @throws as `approve`, APPROVAL_CODE_LIMIT_REACHED */
  issueCode(approving: Approving): Promise<IssuedCode>
  /** @throws APPROVAL_UNKNOWN (also for a wrong code of somebody who may not see it), APPROVAL_CODE_WRONG, APPROVAL_DENIED (the fifth wrong one), APPROVAL_DECIDER_INVALID, APPROVAL_ALREADY_DECIDED */
  approveWithCode(entry: CodeEntry): Promise<ApprovalView>
  /**
   * Is there an approval for exactly this call? Changes nothing.
   *
   * @throws APPROVAL_REQUIRED, APPROVAL_UNKNOWN, APPROVAL_OTHER_OPERATION, APPROVAL_PENDING, APPROVAL_DENIED,
   * APPROVAL_EXPIRED, APPROVAL_USED, APPROVAL_DECIDER_INVALID, APPROVAL_DAMAGED
   */
  check(use: ApprovalUse): Promise<CheckedApproval>
}

/** How long a waiting caller may learn of a decision too late. */
const lookEveryMs = 250

/**
 * Makes the approvals of one process. Nothing is read or written before the first call, so it can be made where a program begins.
 *
 * @throws CONFIG_INVALID for a key under 32 bytes, a mode that is none, or a bound that is no number above 0
 */
export function createApprovals(deps: ApprovalsDeps): Approvals {
  requireSettings(deps)
  const desk = deskOf(deps)
  const oneByOne = queue()
  const view = async (requestId: string): Promise<ApprovalView> => viewOf(desk, await found(desk, requestId))
  const get = async (requestId: string, principal: Principal): Promise<ApprovalView> =>
    viewOf(desk, await seenBy(desk, principal, requestId))
  return {
    get,
    listPending: (principal) => listPending(desk, principal),
    countPending: async () => (await pendingOf(desk)).length,
    listDamaged: () => listDamaged(desk),
    wait: (requestId, principal, seconds, signal) =>
      untilDecided(() => get(requestId, principal), deps.clock, deps.pause ?? timerPause, seconds, signal),
    check: (use) => check(desk, use),
    async request(question) {
      const { requestId, isNew } = await oneByOne(() => ask(desk, question))
      return { approval: await view(requestId), isNew }
    },
    async approve(approving) {
      await approve(desk, approving)
      return view(approving.requestId)
    },
    async deny(denying) {
      await deny(desk, denying)
      return view(denying.requestId)
    },
    async issueCode(approving) {
      const { code, expiresAt } = await issueCode(desk, approving)
      return { requestId: approving.requestId, code, expiresAt: rfc3339(expiresAt) }
    },
    async approveWithCode(entry) {
      await approveWithCode(desk, entry)
      return view(entry.requestId)
    },
  }
}

function deskOf(deps: ApprovalsDeps): Desk {
  const seal = createSeal(deps.key)
  return {
    ...deps,
    seal,
    ledger: new Ledger(deps.store, seal),
    witness: createWitness(deps.clock),
    ended: new Map(),
    randomBytes: deps.randomBytes ?? randomBytes,
  }
}

async function listPending(desk: Desk, principal: Principal): Promise<readonly ApprovalView[]> {
  return (await pendingOf(desk))
    .filter(({ request }) => maySee(principal, request.operation, desk.people))
    .map((approval) => viewOf(desk, approval))
}

async function pendingOf(desk: Desk): Promise<readonly StoredApproval[]> {
  return (await liveApprovals(desk)).filter((approval) => standing(desk, approval) === 'pending')
}

async function listDamaged(desk: Desk): Promise<readonly string[]> {
  const damaged: string[] = []
  for (const requestId of await desk.ledger.requestIds()) {
    if ((await desk.ledger.load(requestId)).kind === 'damaged') damaged.push(requestId)
  }
  return damaged.sort()
}

async function untilDecided(
  look: () => Promise<ApprovalView>,
  clock: Clock,
  pause: Pause,
  seconds: number,
  signal: AbortSignal,
): Promise<ApprovalView> {
  const end = clock.monotonic() + seconds * 1000
  for (;;) {
    const approval = await look()
    const left = end - clock.monotonic()
    if (approval.status !== 'pending' || left <= 0) return approval
    await pause(Math.min(left, lookEveryMs), signal)
  }
}

/** One at a time within this process, so that parallel askers do not push each other over the limit. */
function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work, work)
    last = next
    return next
  }
}
