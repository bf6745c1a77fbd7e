import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { keyErrors } from '../errors.ts'
import { reasonField, spentApprovalField, ttlField } from '../fields.ts'

export default defineTool({
  name: 'issue_cert',
  title: 'Issue an SSH certificate',
  description:
    'Issue an OpenSSH user certificate for a public key (default: the one registered for that user). First: request_approval.',
  risk: 'high',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  verb: 'cert.issue',
  input: z.strictObject({
    user_id: z.string().regex(/^[a-z0-9][a-z0-9._@-]{0,63}$/, 'must be a user_id'),
    principals: z.array(z.string()).max(256).default([]).describe('Accounts; [] is the user_id'),
    ttl_seconds: ttlField,
    justification: reasonField,
    public_key: z.string().max(16_384).default('').describe('The one line of the .pub file'),
    approval_request_id: spentApprovalField,
  }),
  output: z.object({
    cert_id: z.string(),
    serial: z.string(),
    fingerprint: z.string(),
    certificate: z.string().describe('content of a -cert.pub file'),
    principals: z.array(z.string()),
    issued_at: z.string(),
    valid_from: z.string(),
    expires_at: z.string(),
    ca_fingerprint: z.string(),
  }),
  needs: ['certificates'],
  plan: (input, { keys }) => {
    const publicKey = input.public_key === '' ? keys.registeredKey(input.user_id) : keys.readKey(input.public_key)
    if (publicKey === undefined) {
      throw keyErrors.error('INPUT_PUBLIC_KEY_REQUIRED', {
        message: `There is no registered key of ${input.user_id}.`,
        field: 'public_key',
      })
    }
    return {
      verb: 'cert.issue',
      userId: input.user_id,
      principals: keys.principals(input.principals, input.user_id),
      publicKey,
      ttlSeconds: keys.ttlSeconds(input.ttl_seconds),
      justification: input.justification,
    }
  },
  approvalOf: (input) => input.approval_request_id,
  check: async (_action, { certificates }, { signal }) => certificates.requireUnlocked(signal),
  execute: async (action, { certificates }, { signal }) => {
    const issued = await certificates.issue(action, signal)
    return {
      cert_id: issued.certId,
      serial: issued.serial,
      fingerprint: issued.fingerprint,
      certificate: issued.certificate,
      principals: [...issued.principals],
      issued_at: issued.issuedAt,
      valid_from: issued.validFrom,
      expires_at: issued.expiresAt,
      ca_fingerprint: issued.caFingerprint,
    }
  },
  note: ({ cert_id, serial, fingerprint, expires_at, ca_fingerprint }) => ({
    status: 'ok',
    detail: { cert_id, serial, fingerprint, expires_at, ca_fingerprint },
  }),
})
