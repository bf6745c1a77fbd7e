import { createHash, timingSafeEqual } from 'node:crypto'
import {
  type Clock,
  type Credential,
  type Principal,
  parseUserId,
  type Role,
  rfc3339,
  roles,
  type UserId,
} from '@sshmcp/kernel'
import { identityErrors } from './errors.ts'

/** One entry of `identities.json`, parsed. */
export interface IdentityEntry {
  readonly userId: UserId
  readonly displayName: string
  readonly roles: ReadonlySet<Role>
  /** 64 lower-case hex digits; the token itself is never kept. */
  readonly tokenSha256: string
  readonly expiresAtMs: number | undefined
  /** The line of a .pub file; what certificates of this user are for. */
  readonly sshPublicKey?: string | undefined
}

export interface IdentityDeps {
  /** Asked for every call, so that a revoked token ends at once. Empty means local mode. */
  readonly entries: () => readonly IdentityEntry[]
  /** Login name of the OS user who runs this process. */
  readonly login: string
  readonly clock: Clock
}

export interface Identity {
  /** @throws IDENTITY_TOKEN_REQUIRED, _UNKNOWN, _EXPIRED, _WITHOUT_IDENTITIES */
  authenticate(credential: Credential): Principal
}

/**
 * Turns a credential into a principal. Without identities the OS user has all roles; as soon as there is one identity,
 * only tokens count and nothing falls back to the OS user.
 */
export function createIdentity({ entries, login, clock }: IdentityDeps): Identity {
  return {
    authenticate(credential) {
      const known = entries()
      if (credential.kind === 'bearer') return bearer(known, credential.token.reveal(), clock)
      if (known.length > 0) {
        throw identityErrors.error('IDENTITY_TOKEN_REQUIRED', {
          message: 'identities.json names identities, but no token is set.',
        })
      }
      return localPrincipal(login)
    },
  }
}

/** The OS user in local mode: `local:<login>`, all roles. */
export function localPrincipal(login: string): Principal {
  const name = login
    .toLowerCase()
    .replace(/[^a-z0-9._@-]/g, '_')
    .slice(0, 64)
  return { userId: parseUserId(`local:${name}`), displayName: login, roles: new Set(roles) }
}

/** SHA-256 of a token as `identities.json` keeps it. */
export function tokenSha256(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex')
}

function bearer(entries: readonly IdentityEntry[], token: string, clock: Clock): Principal {
  if (entries.length === 0) {
    throw identityErrors.error('IDENTITY_TOKEN_WITHOUT_IDENTITIES', {
      message: 'A token is set, but identities.json is absent or empty.',
    })
  }
  const digest = Buffer.from(tokenSha256(token), 'hex')
  let found: IdentityEntry | undefined
  // Every entry is compared, so that the time taken tells nothing about which one matched.
  for (const entry of entries) if (timingSafeEqual(digest, Buffer.from(entry.tokenSha256, 'hex'))) found = entry
  if (found === undefined)
    throw identityErrors.error('IDENTITY_TOKEN_UNKNOWN', { message: 'The token belongs to no identity.' })
  if (found.expiresAtMs !== undefined && clock.now() >= found.expiresAtMs) {
    throw identityErrors.error('IDENTITY_TOKEN_EXPIRED', {
      message: `The identity ${found.userId} expired at ${rfc3339(found.expiresAtMs)}.`,
    })
  }
  return { userId: found.userId, displayName: found.displayName, roles: found.roles }
}
