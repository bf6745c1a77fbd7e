import * as z from 'zod'
import { approvalMode } from '../approval-result.ts'
import { defineTool } from '../define-tool.ts'

const pending = z.object({
  request_id: z.string(),
  action: z.string(),
  summary: z.string(),
  host_id: z.string(),
  requester_id: z.string(),
  justification: z.string().describe('words of the requester'),
  mode: approvalMode,
  expires_at: z.string(),
  look_closely: z.array(z.string()).describe('what in it is easily misread'),
})

export default defineTool({
  name: 'list_pending_approvals',
  title: 'List pending approvals',
  description:
    'List approval requests that wait for a person: your own, or those you may decide. To wait for a decision: request_approval again, with wait_seconds.',
  risk: 'low',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  verb: 'approval.read',
  input: z.strictObject({}),
  output: z.object({ pending: z.array(pending) }),
  needs: ['approvals'],
  plan: () => ({ verb: 'approval.read', requestId: undefined }),
  execute: async (_action, { approvals }) => {
    const waiting = await approvals.pending()
    return {
      pending: waiting.map((approval) => ({
        request_id: approval.requestId,
        action: approval.action,
        summary: approval.summary,
        host_id: approval.hostIds.join(', '),
        requester_id: approval.requesterId,
        justification: approval.justification,
        mode: approval.mode,
        expires_at: approval.expiresAt,
        look_closely: [...approvals.lookCloselyAt(approval)],
      })),
    }
  },
})
