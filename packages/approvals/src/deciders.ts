import type { Principal } from '@sshmcp/kernel'
import { type ApprovalChannel, mayDecide, stricter } from './access.ts'
import type { Desk } from './desk.ts'
import { approvalErrors } from './errors.ts'
import type { StoredApproval } from './ledger.ts'
import type { Operation } from './operation.ts'
import type { DecisionPart, RequestPart } from './record.ts'

/**
 * @throws APPROVAL_OWN_REQUEST, APPROVAL_CHANNEL_REFUSED, APPROVAL_DECIDER_ROLE_MISSING
 */
export function requireDecider(desk: Desk, request: RequestPart, decider: Principal, channel: ApprovalChannel): void {
  const code = objectionTo(desk, request, decider, channel)
  if (code === undefined) return
  throw approvalErrors.error(code, { message: `${decider.userId} may not decide request ${request.requestId} so.` })
}

function objectionTo(desk: Desk, request: RequestPart, decider: Principal, channel: ApprovalChannel) {
  const isRequester = decider.userId === request.requesterId
  const isTwoParty = stricter(request.mode, desk.mode) === 'two-party'
  // The form appears where the requester works, whoever is said to have filled it in.
  if (channel === 'client-form' && (isTwoParty || !isRequester)) return 'APPROVAL_CHANNEL_REFUSED'
  if (isTwoParty && isRequester) return 'APPROVAL_OWN_REQUEST'
  return mayDecide(decider, request.operation, desk.people) ? undefined : 'APPROVAL_DECIDER_ROLE_MISSING'
}

/** Does the approval still stand on a person who may give it, by the rules and roles of now? */
export async function isDeciderValid(desk: Desk, request: RequestPart, decision: DecisionPart): Promise<boolean> {
  if (decision.deciderId === undefined) return false
  const decider = await desk.people.find(decision.deciderId)
  return (
    decider !== undefined &&
    decider.userId === decision.deciderId &&
    objectionTo(desk, request, decider, decision.channel) === undefined
  )
}

/** @throws APPROVAL_DECIDER_INVALID */
export async function requireValidDecider(desk: Desk, { request, decision }: StoredApproval): Promise<void> {
  if (decision !== undefined && (await isDeciderValid(desk, request, decision))) return
  if (decision?.deciderId === request.requesterId && stricter(request.mode, desk.mode) === 'two-party') {
    // Asking again would lead to the same end: it is this process that was not told what the approving one was.
    throw approvalErrors.error('APPROVAL_DECIDER_INVALID', {
      message: `Request ${request.requestId} was approved by the one who asked, and two people are required here.`,
      next: 'Another person decides. Whoever works alone sets SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL=false here too, and calls again.',
    })
  }
  throw approvalErrors.error('APPROVAL_DECIDER_INVALID', {
    message: `${decision?.deciderId ?? 'Whoever decided'} may no longer approve request ${request.requestId}.`,
  })
}

/** @throws APPROVAL_NO_APPROVER when nobody could ever decide, so that nobody waits for it */
export async function requireSomebody(desk: Desk, requester: Principal, operation: Operation): Promise<void> {
  const { principals, isComplete } = await desk.people.everybody()
  if (!isComplete) return
  const candidates =
    desk.mode === 'two-party'
      ? principals.filter(({ userId }) => userId !== requester.userId)
      : [...principals, requester]
  if (candidates.some((candidate) => mayDecide(candidate, operation, desk.people))) return
  throw approvalErrors.error('APPROVAL_NO_APPROVER', {
    message:
      desk.mode === 'two-party'
        ? `Two people are required and nobody but ${requester.userId} could approve this.`
        : 'Nobody has the role to approve this.',
  })
}
