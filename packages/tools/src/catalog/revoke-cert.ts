import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { reasonField, spentApprovalField } from '../fields.ts'
import { hostOutcomes, shownOutcomes } from '../host-outcome.ts'

export default defineTool({
  name: 'revoke_cert',
  title: 'Revoke an SSH certificate',
  description:
    'Revoke a certificate of issue_cert. First: request_approval. hosts says where the revocation list must still be copied.',
  risk: 'high',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  verb: 'cert.revoke',
  input: z.strictObject({
    cert_id: z.string().min(1).max(64).describe('From issue_cert'),
    reason: reasonField,
    approval_request_id: spentApprovalField,
  }),
  output: z.object({
    cert_id: z.string(),
    status: z.enum(['revoked', 'already_revoked']),
    revoked_at: z.string(),
    krl_version: z.string(),
    hosts: hostOutcomes,
  }),
  needs: ['certificates'],
  plan: ({ cert_id, reason }) => ({ verb: 'cert.revoke', certId: cert_id, reason }),
  approvalOf: (input) => input.approval_request_id,
  check: async ({ certId }, { certificates }) => certificates.requireIssued(certId),
  execute: async ({ certId, reason }, { certificates }) => {
    const { status, revokedAt, krlVersion, hosts } = await certificates.revoke(certId, reason)
    return {
      cert_id: certId,
      status,
      revoked_at: revokedAt,
      krl_version: krlVersion,
      hosts: shownOutcomes(hosts),
    }
  },
  note: ({ cert_id, status, krl_version }) => ({ status: 'ok', detail: { cert_id, status, krl_version } }),
})
