import type { ApprovalView } from '@sshmcp/approvals'
import * as z from 'zod'

export const approvalMode = z.enum(['two-party', 'one-person'])
export const approvalStatus = z.enum(['pending', 'approved', 'denied', 'expired', 'used'])

/** The one thing to do with a request as it stands. */
export function nextStep({ status, requestId, action }: ApprovalView): string {
  switch (status) {
    case 'pending':
      return 'Tell the person how_to_approve. Then call request_approval again with the same arguments and wait_seconds 30.'
    case 'approved':
      return `Call ${action} with the same arguments and approval_request_id ${requestId}.`
    case 'denied':
      return 'That is final. Tell the person the reason and do not ask for the same again.'
    case 'expired':
      return 'It was not decided and used in time. Ask again if it is still wanted.'
    case 'used':
      return 'It was used; one approval is one execution. Look at what that call did.'
  }
}
