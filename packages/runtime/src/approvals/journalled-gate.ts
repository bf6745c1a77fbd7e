import type { Approvals } from '@sshmcp/approvals'
import type { Journal } from '@sshmcp/audit'
import { hostOf } from '@sshmcp/kernel'
import type { ApprovalGate } from '@sshmcp/pipeline'

/**
 * The gate, writing down who used which approval. The call's own intent, which names the approval, is durable before; this
 * entry follows the one call that won it, before anything is sent to a host.
 */
export function journalledGate(approvals: Approvals, journal: Journal): ApprovalGate {
  return {
    async check(request) {
      const approval = await approvals.check(request)
      return {
        requestId: approval.requestId,
        shown: approval.shown,
        async spend() {
          await approval.spend()
          await journal.append({
            kind: 'approval.spent',
            user_id: request.principal.userId,
            tool: request.tool,
            host_id: hostOf(request.action)?.hostId,
            operation_id: request.operationId,
            approval_request_id: approval.requestId,
            detail: { ...approval.shown },
          })
        },
      }
    },
  }
}
