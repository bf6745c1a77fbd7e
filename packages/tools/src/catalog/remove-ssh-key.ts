import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { reasonField, spentApprovalField } from '../fields.ts'
import { hostOutcomes, outcomeCounts, shownOutcomes } from '../host-outcome.ts'

export default defineTool({
  name: 'remove_ssh_key',
  title: 'Take a public key away again',
  description: 'Remove a key of add_ssh_key from every host that has it. First: request_approval.',
  risk: 'high',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  verb: 'key.remove',
  input: z.strictObject({
    key_id: z.string().min(1).max(64).describe('From add_ssh_key'),
    reason: reasonField,
    approval_request_id: spentApprovalField,
  }),
  output: z.object({ key_id: z.string(), status: z.enum(['removed', 'partly_removed']), hosts: hostOutcomes }),
  needs: ['keys'],
  plan: ({ key_id, reason }) => ({ verb: 'key.remove', keyId: key_id, reason }),
  approvalOf: (input) => input.approval_request_id,
  execute: async ({ keyId, reason }, { keys }, { signal }) => {
    const hosts = await keys.remove(keyId, reason, signal)
    const isWhole = hosts.every(({ outcome }) => outcome === 'done')
    return {
      key_id: keyId,
      status: isWhole ? ('removed' as const) : ('partly_removed' as const),
      hosts: shownOutcomes(hosts),
    }
  },
  note: ({ key_id, status, hosts }) => ({
    status: status === 'removed' ? 'ok' : 'error',
    detail: { key_id, ...outcomeCounts(hosts) },
  }),
})
