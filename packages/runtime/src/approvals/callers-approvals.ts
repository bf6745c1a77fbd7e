import {
  type ApprovalChannel,
  type Approvals,
  type ApprovalView,
  howToApprove,
  lookCloselyAt,
  type Operation,
  type Presentation,
  present,
  presentText,
  type RecordedMeaning,
} from '@sshmcp/approvals'
import type { Journal } from '@sshmcp/audit'
import type { PersonDecision, Principal } from '@sshmcp/kernel'
import type { BoundCaller } from '@sshmcp/pipeline'
import type { CallersApprovals, Decided } from '@sshmcp/tools'

export interface CallersApprovalsDeps {
  readonly approvals: Approvals
  readonly journal: Journal
  /** Told of each new request. */
  readonly notify: (approval: ApprovalView) => void
  /** Where a request is decided on a page; undefined where nothing serves pages. */
  readonly pageOf: ((requestId: string) => string) | undefined
  /** What the ids of an operation stand for. */
  readonly meaningOf: (operation: Operation) => Promise<readonly RecordedMeaning[]>
}

/** Approvals as one caller has them, each step of a request written into the journal. */
export function callersApprovals(deps: CallersApprovalsDeps, { principal, via }: BoundCaller): CallersApprovals {
  const { approvals, journal } = deps
  const channel = via === 'page' ? 'page' : 'terminal'
  const presented = async (approval: ApprovalView): Promise<Presentation> =>
    present(approval, { isFull: true, meaning: await deps.meaningOf(approval.operation) })
  return {
    async request({ tool, wanted, inputs, justification, ticketRef }) {
      const { approval, isNew } = await approvals.request({
        principal,
        tool,
        action: wanted,
        inputs,
        justification,
        ticketRef,
      })
      if (isNew) {
        await journal.append(requested(approval))
        deps.notify(approval)
      }
      return approval
    },
    get: (requestId) => approvals.get(requestId, principal),
    wait: (requestId, seconds, signal) => approvals.wait(requestId, principal, seconds, signal),
    pending: () => approvals.listPending(principal),
    async decide(requestId, decision) {
      const decided = await decide(approvals, { requestId, decision, principal, channel })
      await journal.append(madeDecision(decided.approval, principal, channel))
      return decided
    },
    async approveInForm(requestId, typedWord) {
      const approval = await approvals.approve({ requestId, decider: principal, typedWord, channel: 'client-form' })
      await journal.append(madeDecision(approval, principal, 'client-form'))
      return approval
    },
    async redeem(requestId, code) {
      const approval = await approvals.approveWithCode({ requestId, code, caller: principal })
      await journal.append(madeDecision(approval, principal, 'code'))
      return approval
    },
    howToApprove: (approval) => howToApprove(approval, deps.pageOf?.(approval.requestId)),
    shown: async (approval) => presentText(await presented(approval)),
    presented,
    lookCloselyAt,
  }
}

interface Deciding {
  readonly requestId: string
  readonly decision: PersonDecision
  readonly principal: Principal
  readonly channel: 'page' | 'terminal'
}

async function decide(
  approvals: Approvals,
  { requestId, decision, principal: decider, channel }: Deciding,
): Promise<Decided> {
  if (decision.verdict === 'deny') {
    return { approval: await approvals.deny({ requestId, decider, channel, reason: decision.reason }) }
  }
  const approving = { requestId, decider, typedWord: decision.typedWord, channel }
  if (!decision.asCode) return { approval: await approvals.approve(approving) }
  const { code, expiresAt } = await approvals.issueCode(approving)
  return { approval: await approvals.get(requestId, decider), code: { text: code.reveal(), expiresAt } }
}

function requested(approval: ApprovalView) {
  return {
    kind: 'approval.requested' as const,
    user_id: approval.requesterId,
    tool: approval.action,
    host_id: approval.hostIds[0],
    template_id: approval.templateId === '' ? undefined : approval.templateId,
    ...('command' in approval.operation ? { command: approval.operation.command } : {}),
    approval_request_id: approval.requestId,
    detail: { digest: approval.digest, mode: approval.mode, expires_at: approval.expiresAt },
    untrusted: { justification: approval.justification, ticket_ref: approval.ticketRef },
  }
}

function madeDecision(approval: ApprovalView, principal: Principal, channel: ApprovalChannel) {
  const { decision } = approval
  return {
    kind: 'approval.decided' as const,
    user_id: decision?.deciderId ?? principal.userId,
    tool: approval.action,
    host_id: approval.hostIds[0],
    approval_request_id: approval.requestId,
    detail: {
      verdict: decision?.verdict ?? 'code made',
      channel,
      requested_by: approval.requesterId,
      digest: approval.digest,
      ...(decision?.relayedBy === undefined ? {} : { code_entered_by: decision.relayedBy }),
    },
    ...(decision?.reason === undefined || decision.reason === '' ? {} : { untrusted: { reason: decision.reason } }),
  }
}
