import type { ShownValue } from '@sshmcp/approvals'
import * as z from 'zod'
import { approvalMode, approvalStatus } from '../approval-result.ts'
import { defineTool } from '../define-tool.ts'

const shownValues = z.array(
  z.object({
    label: z.string(),
    text: z.string().describe('complete and escaped'),
    remarks: z.array(z.string()).describe('what to know before trusting one’s eyes'),
  }),
)

export default defineTool({
  name: 'show_approval',
  title: 'Show an approval request',
  description:
    'Show a request as the person who decides has to see it: the exact operation, and the requester’s words apart.',
  surface: 'person',
  risk: 'low',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  verb: 'approval.read',
  input: z.strictObject({ request_id: z.string().min(1).max(64) }),
  output: z.object({
    request_id: z.string(),
    action: z.string(),
    host_id: z.string(),
    requester_id: z.string(),
    mode: approvalMode,
    status: approvalStatus,
    expires_at: z.string(),
    typed_word: z.string().describe('what an approver types'),
    text: z.string().describe('complete and escaped'),
    operation: shownValues.describe('the exact operation, made by the server'),
    circumstances: shownValues,
    words: shownValues.describe('the requester’s own; made by a model as a rule'),
  }),
  needs: ['approvals'],
  plan: ({ request_id }) => ({ verb: 'approval.read', requestId: request_id }),
  execute: async ({ requestId = '' }, { approvals }) => {
    const approval = await approvals.get(requestId)
    const { operation, circumstances, words } = await approvals.presented(approval)
    return {
      request_id: approval.requestId,
      action: approval.action,
      host_id: approval.hostIds.join(', '),
      requester_id: approval.requesterId,
      mode: approval.mode,
      status: approval.status,
      expires_at: approval.expiresAt,
      typed_word: approval.typedWord,
      text: await approvals.shown(approval),
      operation: operation.map(inOnePiece),
      circumstances: circumstances.map(inOnePiece),
      words: words.map(inOnePiece),
    }
  },
})

function inOnePiece({ label, pieces, remarks }: ShownValue) {
  return { label, text: pieces.join(''), remarks: [...remarks] }
}
