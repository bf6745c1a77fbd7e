import { Secret } from '@sshmcp/kernel'
import * as z from 'zod'
import { approvalStatus } from '../approval-result.ts'
import { defineTool } from '../define-tool.ts'

export default defineTool({
  name: 'approve_request',
  title: 'Hand in an approval code',
  description:
    'Approve a request with the one-time code that a person typed into this chat. Never guess one: wrong codes deny the request. Next: call the approved ' +
    'tool with approval_request_id.',
  risk: 'low',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  verb: 'approval.redeem',
  input: z.strictObject({
    request_id: z.string().min(1).max(64),
    approval_token: z.string().min(1).max(64).describe('The code, as the person typed it'),
  }),
  output: z.object({ request_id: z.string(), status: approvalStatus, action: z.string() }),
  needs: ['approvals'],
  plan: ({ request_id, approval_token }) => ({
    verb: 'approval.redeem',
    requestId: request_id,
    code: new Secret(approval_token),
  }),
  execute: async ({ requestId, code }, { approvals }) => {
    const approval = await approvals.redeem(requestId, code.reveal())
    return { request_id: approval.requestId, status: approval.status, action: approval.action }
  },
})
