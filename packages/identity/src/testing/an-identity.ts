import { parseUserId } from '@sshmcp/kernel'
import { type IdentityEntry, tokenSha256 } from '../identity.ts'

/** An operator named alice whose token is `token-of-alice`. */
export function anIdentity(overrides: Partial<IdentityEntry> = {}): IdentityEntry {
  return {
    userId: parseUserId('alice'),
    displayName: 'Alice',
    roles: new Set(['operator'] as const),
    tokenSha256: tokenSha256('token-of-alice'),
    expiresAtMs: undefined,
    ...overrides,
  }
}
