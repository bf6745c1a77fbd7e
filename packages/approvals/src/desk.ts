import type { Clock, IdSource, Principal } from '@sshmcp/kernel'
import { type ApprovalMode, maySee } from './access.ts'
import type { RandomBytes } from './codes.ts'
import { approvalErrors } from './errors.ts'
import type { Ledger, StoredApproval } from './ledger.ts'
import type { People } from './people.ts'
import type { Seal } from './seal.ts'
import { type ApprovalEvent, type ApprovalFacts, type ApprovalStatus, lockReason, statusOf, step } from './state.ts'
import type { Witness } from './witness.ts'

/** The bounds of the configuration. */
export interface ApprovalPolicy {
  /** From the request to its last use, deciding included. */
  readonly ttlSeconds: number
  readonly maxPendingPerIdentity: number
}

/** What asking, deciding and spending work with. */
export interface Desk {
  readonly ledger: Ledger
  readonly seal: Seal
  readonly witness: Witness
  /** What this process knows to be over, by id: only `live.ts` writes it. */
  readonly ended: Map<string, StoredApproval>
  readonly clock: Clock
  readonly ids: IdSource
  readonly people: People
  readonly mode: ApprovalMode
  readonly policy: ApprovalPolicy
  readonly containsSecret: (text: string) => readonly string[]
  readonly redactText: (text: string) => string
  readonly randomBytes: RandomBytes
}

/** Where a request stands now, by the store and by what this process has seen itself. */
export function standing(desk: Desk, approval: StoredApproval): ApprovalStatus {
  return statusOf(factsOf(desk, approval), momentFor(desk, approval))
}

/** @throws the APPROVAL_* code of what stands in the way of the event */
export function requireStep(desk: Desk, approval: StoredApproval, event: ApprovalEvent): void {
  const taken = step(factsOf(desk, approval), event, momentFor(desk, approval))
  if ('refusal' in taken)
    throw approvalErrors.error(taken.refusal, {
      message: `Request ${approval.request.requestId} ${tell(desk, approval)}`,
    })
}

/** A request that a person may know of. @throws APPROVAL_UNKNOWN (also for those they may not), APPROVAL_DAMAGED */
export async function seenBy(desk: Desk, principal: Principal, requestId: string): Promise<StoredApproval> {
  const approval = await found(desk, requestId)
  requireSeen(desk, principal, approval)
  return approval
}

/** @throws APPROVAL_UNKNOWN for what the principal may not see */
export function requireSeen(desk: Desk, principal: Principal, { request }: StoredApproval): void {
  if (!maySee(principal, request.operation, desk.people)) throw unknown(request.requestId)
}

/** A request, whoever asks. @throws APPROVAL_UNKNOWN, APPROVAL_DAMAGED */
export async function found(desk: Desk, requestId: string): Promise<StoredApproval> {
  const loaded = await desk.ledger.load(requestId)
  if (loaded.kind === 'missing') throw unknown(requestId)
  if (loaded.kind === 'damaged')
    throw approvalErrors.error('APPROVAL_DAMAGED', {
      message: `What is stored of request ${requestId} is damaged or was edited.`,
    })
  return loaded.approval
}

function unknown(requestId: string) {
  return approvalErrors.error('APPROVAL_UNKNOWN', {
    message: `There is no approval request ${JSON.stringify(requestId.slice(0, 80))} for you.`,
  })
}

function factsOf(desk: Desk, { request, facts }: StoredApproval): ApprovalFacts {
  return { ...facts, isUsed: facts.isUsed || desk.witness.wasUsed(request.requestId) }
}

/** Now; but never before the end of a request whose time this process has seen pass. */
export function momentFor(desk: Desk, { request }: StoredApproval): number {
  desk.witness.see(request.requestId, request.expiresAt)
  const now = desk.clock.now()
  return desk.witness.hasExpired(request.requestId) ? Math.max(now, request.expiresAt) : now
}

function tell(desk: Desk, approval: StoredApproval): string {
  const { decision } = approval
  switch (standing(desk, approval)) {
    case 'pending':
      return 'is not decided yet.'
    case 'approved':
      return `was approved by ${decision?.deciderId ?? 'nobody'}.`
    case 'denied':
      return `was denied: ${decision?.reason ?? lockReason}`
    case 'expired':
      return 'has expired.'
    case 'used':
      return 'was approved and used.'
  }
}
