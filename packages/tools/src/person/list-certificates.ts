import * as z from 'zod'
import { defineTool } from '../define-tool.ts'

export default defineTool({
  name: 'list_certificates',
  title: 'List issued certificates',
  description: 'List the certificates that were issued here.',
  surface: 'person',
  risk: 'low',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  verb: 'access.read',
  input: z.strictObject({}),
  output: z.object({
    certificates: z.array(
      z.object({
        cert_id: z.string(),
        serial: z.string(),
        user_id: z.string(),
        principals: z.array(z.string()),
        fingerprint: z.string(),
        issued_at: z.string(),
        expires_at: z.string(),
        revoked_at: z.string().optional(),
      }),
    ),
  }),
  needs: ['certificates'],
  plan: () => ({ verb: 'access.read', what: 'certificates' }),
  execute: async (_action, { certificates }) => ({
    certificates: (await certificates.list()).map((issued) => ({
      cert_id: issued.certId,
      serial: issued.serial,
      user_id: issued.userId,
      principals: [...issued.principals],
      fingerprint: issued.fingerprint,
      issued_at: issued.issuedAt,
      expires_at: issued.expiresAt,
      ...(issued.revokedAt === undefined ? {} : { revoked_at: issued.revokedAt }),
    })),
  }),
})
