import * as z from 'zod'
import { defineTool } from '../define-tool.ts'

export default defineTool({
  name: 'list_keys',
  title: 'List keys on hosts',
  description: 'List the keys that were put on hosts from here and not taken away yet.',
  surface: 'person',
  risk: 'low',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  verb: 'access.read',
  input: z.strictObject({}),
  output: z.object({
    keys: z.array(
      z.object({
        key_id: z.string(),
        host_id: z.string(),
        user_name: z.string(),
        fingerprint: z.string(),
        expires_at: z.string(),
        by: z.string(),
        reason: z.string(),
      }),
    ),
  }),
  needs: ['keys'],
  plan: () => ({ verb: 'access.read', what: 'keys' }),
  execute: async (_action, { keys }) => ({
    keys: (await keys.list()).map((key) => ({
      key_id: key.keyId,
      host_id: key.hostId,
      user_name: key.userName,
      fingerprint: key.fingerprint,
      expires_at: key.expiresAt,
      by: key.by,
      reason: key.reason,
    })),
  }),
})
