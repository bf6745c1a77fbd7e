import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { spentApprovalField, ttlField } from '../fields.ts'
import { hostOutcomes, outcomeCounts, shownOutcomes } from '../host-outcome.ts'
import { keyHosts } from '../key-hosts.ts'

export default defineTool({
  name: 'add_ssh_key',
  title: 'Let a public key log in for a while',
  description:
    'Add a public key to an account’s authorized_keys on one host, or on all ("*"). Hosts refuse it from expires_at on. First: request_approval.',
  risk: 'high',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  verb: 'key.install',
  input: z.strictObject({
    user_name: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,31}\$?$/, 'must be the name of an account')
      .describe('The account; the host’s ssh_user, unless that is root'),
    public_key: z.string().max(16_384).describe('The one line of the .pub file'),
    ttl_seconds: ttlField,
    reason: z.string().max(2000).default(''),
    host_id: z.string().default('').describe('"": the only one; "*": all'),
    approval_request_id: spentApprovalField,
  }),
  output: z.object({
    key_id: z.string(),
    fingerprint: z.string(),
    ttl_seconds: z.int(),
    expires_at: z.string(),
    status: z.enum(['installed', 'partly_installed']),
    hosts: hostOutcomes,
  }),
  needs: ['keys'],
  plan: (input, planner) => ({
    verb: 'key.install',
    hosts: keyHosts(planner, input.host_id, input.user_name),
    userName: input.user_name,
    publicKey: planner.keys.readKey(input.public_key),
    ttlSeconds: planner.keys.ttlSeconds(input.ttl_seconds),
    reason: input.reason,
  }),
  approvalOf: (input) => input.approval_request_id,
  execute: async (action, { keys }, { signal }) => {
    const { keyId, expiresAt, hosts } = await keys.install(action, signal)
    const isWhole = hosts.every(({ outcome }) => outcome === 'done')
    return {
      key_id: keyId,
      fingerprint: action.publicKey.fingerprint,
      ttl_seconds: action.ttlSeconds,
      expires_at: expiresAt,
      status: isWhole ? ('installed' as const) : ('partly_installed' as const),
      hosts: shownOutcomes(hosts),
    }
  },
  note: ({ key_id, fingerprint, expires_at, status, hosts }) => ({
    status: status === 'installed' ? 'ok' : 'error',
    detail: { key_id, fingerprint, expires_at, ...outcomeCounts(hosts) },
  }),
})
