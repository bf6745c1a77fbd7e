import type { ApprovalView } from '@sshmcp/approvals'
import { kernelErrors } from '@sshmcp/kernel'
import type { AskPerson } from '@sshmcp/pipeline'
import * as z from 'zod'
import { approvalMode, approvalStatus, nextStep } from '../approval-result.ts'
import { defineTool } from '../define-tool.ts'
import type { CallersApprovals } from '../services.ts'

export default defineTool({
  name: 'request_approval',
  title: 'Request an approval',
  description:
    'Request a person’s approval for exactly one call of another tool (a template with needs_approval, a key or certificate tool): action is its name, ' +
    'arguments its exact input. To wait for the decision, ask again with the same arguments and wait_seconds. You cannot approve it yourself.',
  risk: 'low',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  verb: 'approval.request',
  input: z.strictObject({
    action: z.string().describe('Name of the tool to be called'),
    justification: z.string().min(1).max(4096).describe('Why, in your words; the approver sees them as yours'),
    arguments: z.record(z.string(), z.unknown()).default({}).describe('The exact input of that tool'),
    host_id: z.string().default('').describe('Short for arguments.host_id'),
    ticket_ref: z.string().max(200).default(''),
    wait_seconds: z.int().min(0).max(30).default(0).describe('Wait so long for a decision'),
  }),
  output: z.object({
    request_id: z.string(),
    digest: z.string(),
    summary: z.string(),
    mode: approvalMode,
    status: approvalStatus,
    expires_at: z.string(),
    how_to_approve: z.string(),
    next: z.string(),
    reason: z.string().optional().describe('when denied'),
  }),
  needs: ['approvals'],
  plan: (input, planner) => {
    const args = withHost(input.arguments, input.host_id)
    return {
      verb: 'approval.request',
      tool: input.action,
      wanted: planner.planFor(input.action, args),
      inputs: Object.fromEntries(leavesOf(args, 'arguments')),
      justification: input.justification,
      ticketRef: input.ticket_ref,
      waitSeconds: input.wait_seconds,
    }
  },
  execute: async (action, { approvals }, { signal, ask }) => {
    const asked = await approvals.request(action)
    const answered = await askInForm(asked, approvals, ask)
    const approval =
      answered.status === 'pending' && action.waitSeconds > 0
        ? await approvals.wait(answered.requestId, action.waitSeconds, signal)
        : answered
    const { decision } = approval
    return {
      request_id: approval.requestId,
      digest: approval.digest,
      summary: approval.summary,
      mode: approval.mode,
      status: approval.status,
      expires_at: approval.expiresAt,
      how_to_approve: approvals.howToApprove(approval),
      next: nextStep(approval),
      ...(decision?.verdict === 'denied' ? { reason: decision.reason } : {}),
    }
  },
  note: ({ request_id, status }) => ({
    status: 'ok',
    detail: { approval_request_id: request_id, approval_status: status },
  }),
})

/**
 * In one-person mode the client's form is where the person decides: a yes counts with the right word typed. Anything else
 * leaves the request as it is, since some clients answer by themselves.
 */
async function askInForm(
  approval: ApprovalView,
  approvals: CallersApprovals,
  ask: AskPerson | undefined,
): Promise<ApprovalView> {
  if (approval.mode !== 'one-person' || approval.status !== 'pending' || ask === undefined) return approval
  const answer = await ask({
    text: `Approve this operation?\n\n${await approvals.shown(approval)}`,
    field: {
      name: 'typed',
      title: `Type ${approval.typedWord}`,
      description: `Type ${approval.typedWord} to approve exactly this, once.`,
    },
  })
  if (answer.kind !== 'accept' || answer.value.trim() !== approval.typedWord) return approval
  return approvals.approveInForm(approval.requestId, answer.value.trim())
}

function withHost(args: Readonly<Record<string, unknown>>, hostId: string): Readonly<Record<string, unknown>> {
  if (hostId === '') return args
  if (args.host_id !== undefined && args.host_id !== hostId) {
    throw kernelErrors.error('INPUT_INVALID', { message: 'host_id and arguments.host_id differ.', field: 'host_id' })
  }
  return { ...args, host_id: hostId }
}

/** The texts of the input with their paths, so that an error can name the one at fault. */
function leavesOf(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, `${path}.${key}`))
  }
  return [[path, String(value)]]
}
