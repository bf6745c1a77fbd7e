import type { IdentityEntry } from '@sshmcp/identity'
import { parseUserId, roles } from '@sshmcp/kernel'
import { type ConfigText, configError, readConfig, section } from '@sshmcp/policy'
import * as z from 'zod'

const identity = section({
  user_id: z.string().regex(/^[a-z0-9][a-z0-9._@-]{0,63}$/, 'has to match ^[a-z0-9][a-z0-9._@-]{0,63}$'),
  display_name: z.string().max(200).optional(),
  roles: z.array(z.enum(roles)).min(1),
  token_sha256: z.string().regex(/^[0-9a-f]{64}$/, 'has to be 64 lower-case hex digits'),
  expires_at: z.iso.datetime({ offset: true }).optional(),
  ssh_public_key: z.string().optional(),
})

const identitiesFile = section({ identities: z.array(identity) })

/** Parses `identities.json`. @throws CONFIG_INVALID naming file, path and cure */
export function parseIdentities(file: ConfigText): readonly IdentityEntry[] {
  const { identities } = readConfig(file, identitiesFile)
  const seen = new Set<string>()
  return identities.map((entry, index) => {
    if (seen.has(entry.user_id)) {
      throw configError(file.source, ['identities', index, 'user_id'], `repeats ${JSON.stringify(entry.user_id)}`)
    }
    seen.add(entry.user_id)
    return {
      userId: parseUserId(entry.user_id),
      displayName: entry.display_name ?? entry.user_id,
      roles: new Set(entry.roles),
      tokenSha256: entry.token_sha256,
      sshPublicKey: entry.ssh_public_key,
      expiresAtMs: entry.expires_at === undefined ? undefined : Date.parse(entry.expires_at),
    }
  })
}
