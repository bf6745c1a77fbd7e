import { type Action, type Principal, rfc3339 } from '@sshmcp/kernel'
import { requireValidDecider } from './deciders.ts'
import { type Desk, momentFor, requireStep, seenBy } from './desk.ts'
import { differingFields, digestOf } from './digest.ts'
import { approvalErrors } from './errors.ts'
import type { StoredApproval } from './ledger.ts'
import { type Operation, operationOf } from './operation.ts'

/** A call that wants to go through by an approval. */
export interface ApprovalUse {
  readonly principal: Principal
  readonly tool: string
  readonly action: Action
  readonly approvalRequestId: string | undefined
}

/** An approval that covers exactly this call, checked and not yet spent. */
export interface CheckedApproval {
  readonly requestId: string
  /** Who decided what, for the reply and the journal. */
  readonly shown: Readonly<Record<string, string>>
  /** Checks everything again and uses it up: of all callers in all processes exactly one returns. @throws APPROVAL_* */
  spend(): Promise<void>
}

export async function check(desk: Desk, use: ApprovalUse): Promise<CheckedApproval> {
  const { principal, tool, action, approvalRequestId: requestId } = use
  const operation = operationOf(tool, action, principal.userId)
  if (requestId === undefined || requestId === '')
    throw approvalErrors.error('APPROVAL_REQUIRED', {
      message: `${tool} needs an approval for exactly this operation.`,
    })
  const approval = await verified(desk, principal, operation, requestId)
  return { requestId, shown: shownOf(approval), spend: () => spend(desk, principal, operation, requestId) }
}

async function spend(desk: Desk, principal: Principal, operation: Operation, requestId: string): Promise<void> {
  const approval = await verified(desk, principal, operation, requestId)
  const isWinner = await desk.ledger.use(approval, desk.clock.now())
  desk.witness.use(requestId)
  if (!isWinner)
    throw approvalErrors.error('APPROVAL_USED', { message: `Another call used request ${requestId} first.` })
  // The disk may have been slow. It is burnt then, which is the safe side.
  if (momentFor(desk, approval) >= approval.request.expiresAt)
    throw approvalErrors.error('APPROVAL_EXPIRED', { message: `Request ${requestId} expired while it was being used.` })
}

/** Everything that must hold, read afresh: nothing from an earlier look is trusted. */
async function verified(desk: Desk, principal: Principal, operation: Operation, requestId: string) {
  const approval = await seenBy(desk, principal, requestId)
  requireSameOperation(approval, operation)
  requireStep(desk, approval, 'use')
  await requireValidDecider(desk, approval)
  return approval
}

function requireSameOperation({ request }: StoredApproval, operation: Operation): void {
  if (digestOf(operation) === request.digest) return
  const fields = differingFields(request.operation, operation)
  throw approvalErrors.error('APPROVAL_OTHER_OPERATION', {
    message: `Request ${request.requestId} is for another operation. What differs: ${fields.join(', ')}.`,
  })
}

function shownOf({ request, decision }: StoredApproval): Readonly<Record<string, string>> {
  const shown = {
    request_id: request.requestId,
    digest: request.digest,
    requested_by: request.requesterId,
    mode: request.mode,
  }
  if (decision === undefined) return shown
  const relayed = decision.relayedBy === undefined ? {} : { code_entered_by: decision.relayedBy }
  return {
    ...shown,
    approved_by: decision.deciderId ?? '',
    approved_at: rfc3339(decision.decidedAt),
    channel: decision.channel,
    ...relayed,
  }
}
