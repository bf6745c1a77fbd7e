import { printable, rfc3339, type UserId } from '@sshmcp/kernel'
import { type ApprovalChannel, type ApprovalMode, stricter } from './access.ts'
import { type Desk, standing } from './desk.ts'
import type { StoredApproval } from './ledger.ts'
import { hostIdsOf, type Operation, typedWordOf } from './operation.ts'
import type { ApprovalStatus } from './state.ts'

/** One request as callers may know it. Holds no code and no MAC. Times are RFC 3339. */
export interface ApprovalView {
  readonly requestId: string
  readonly digest: string
  /** The tool that is asked for. */
  readonly action: string
  /** One printable line for lists: what, where, the beginning of the command. Never the basis of a decision. */
  readonly summary: string
  readonly operation: Operation
  readonly hostIds: readonly string[]
  readonly templateId: string
  readonly requesterId: UserId
  /** The requester's words, redacted, not escaped: text from elsewhere. */
  readonly justification: string
  readonly ticketRef: string
  readonly mode: ApprovalMode
  readonly status: ApprovalStatus
  readonly createdAt: string
  readonly expiresAt: string
  /** What an approver types: the host_id, else the tool's name. */
  readonly typedWord: string
  readonly decision: DecisionView | undefined
}

/** A decision as callers may know it. */
export interface DecisionView {
  readonly verdict: 'approved' | 'denied'
  /** Undefined when wrong codes denied the request, and no person. */
  readonly deciderId: UserId | undefined
  readonly channel: ApprovalChannel
  /** Who typed the code into their client, where one was used. */
  readonly relayedBy: UserId | undefined
  readonly reason: string
  readonly decidedAt: string
}

export function viewOf(desk: Desk, approval: StoredApproval): ApprovalView {
  const { request } = approval
  return {
    requestId: request.requestId,
    digest: request.digest,
    action: request.operation.tool,
    summary: summaryOf(request.operation),
    operation: request.operation,
    hostIds: hostIdsOf(request.operation),
    templateId: request.templateId,
    requesterId: request.requesterId,
    justification: request.justification,
    ticketRef: request.ticketRef,
    mode: stricter(request.mode, desk.mode),
    status: standing(desk, approval),
    createdAt: rfc3339(request.createdAt),
    expiresAt: rfc3339(request.expiresAt),
    typedWord: typedWordOf(request.operation),
    decision: decisionOf(approval),
  }
}

function decisionOf({ decision }: StoredApproval): DecisionView | undefined {
  return decision === undefined ? undefined : { ...decision, decidedAt: rfc3339(decision.decidedAt) }
}

function summaryOf(operation: Operation): string {
  const { what, detail } = summaryParts(operation)
  const rest = printable(detail)
  return printable(`${operation.tool} ${what}`) + (rest.length > 160 ? `${rest.slice(0, 160)}…` : rest)
}

function summaryParts(operation: Operation): { readonly what: string; readonly detail: string } {
  if ('command' in operation)
    return { what: `on ${operation.host_id} as ${operation.ssh_user}: `, detail: operation.command }
  if ('key_id' in operation) return { what: '', detail: operation.key_id }
  if ('cert_id' in operation) return { what: '', detail: operation.cert_id }
  const key = `${operation.public_key}, for ${operation.ttl_seconds} s`
  if ('user_name' in operation)
    return { what: `as ${operation.user_name} on ${operation.host_ids.join(', ')}: `, detail: key }
  return { what: `for ${operation.user_id} as ${operation.principals.join(', ')}: `, detail: key }
}
