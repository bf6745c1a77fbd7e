import * as z from 'zod'
import { approvalStatus } from '../approval-result.ts'
import { defineTool } from '../define-tool.ts'

export default defineTool({
  name: 'decide_approval',
  title: 'Decide an approval request',
  description: 'Approve or deny a request as the person who calls, having read the exact operation and typed its word.',
  surface: 'person',
  risk: 'low',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  verb: 'approval.decide',
  input: z.strictObject({
    request_id: z.string().min(1).max(64),
    decision: z.discriminatedUnion('verdict', [
      z.strictObject({ verdict: z.literal('approve'), typed_word: z.string(), as_code: z.boolean().default(false) }),
      z.strictObject({ verdict: z.literal('deny'), reason: z.string() }),
    ]),
  }),
  output: z.object({
    request_id: z.string(),
    status: approvalStatus,
    action: z.string(),
    code: z.string().optional().describe('takes effect when it comes back through approve_request'),
    expires_at: z.string(),
  }),
  needs: ['approvals'],
  plan: ({ request_id, decision }) => ({
    verb: 'approval.decide',
    requestId: request_id,
    decision:
      decision.verdict === 'deny'
        ? decision
        : { verdict: 'approve', typedWord: decision.typed_word, asCode: decision.as_code },
  }),
  execute: async ({ requestId, decision }, { approvals }) => {
    const { approval, code } = await approvals.decide(requestId, decision)
    return {
      request_id: approval.requestId,
      status: approval.status,
      action: approval.action,
      expires_at: code?.expiresAt ?? approval.expiresAt,
      ...(code === undefined ? {} : { code: code.text }),
    }
  },
  // The code is for the person's eyes: the journal keeps that one was made.
  note: ({ status, code }) => ({ status: 'ok', detail: { approval_status: status, made_code: code !== undefined } }),
})
