import { type Clock, type Principal, parseUserId, type Role, roles, type Secret } from '@sshmcp/kernel'
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import { identityErrors } from '../errors.ts'
import type { JwtSettings } from './jwt-settings.ts'

/** Signatures by a private key alone: `none` and the shared-secret methods are not among them. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

/** Between the issuer's clock and ours. */
const clockToleranceSeconds = 5

/** Whose a JWT is, and until when. */
interface VerifiedJwt {
  readonly principal: Principal
  readonly expiresAtMs: number
}

/** @throws IDENTITY_JWT_*, IDENTITY_CLAIM_INVALID, IDENTITY_SCOPE_MISSING, IDENTITY_KEYS_UNAVAILABLE */
export type VerifyJwt = (token: Secret) => Promise<VerifiedJwt>

/** Three base64url parts: worth asking the verifier for, and nothing that `identities add` ever makes. */
export function looksLikeJwt(token: Secret): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token.reveal())
}

/**
 * Checks JWTs of one issuer: signature by its published keys, issuer, audience, times, scopes, and claims that name
 * a user_id and at least one role. The keys are fetched when first needed, kept, and fetched again for an unknown key id.
 */
export function createJwtVerifier(settings: JwtSettings, clock: Clock): VerifyJwt {
  const { issuer, audience, jwksUrl } = settings
  const keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 5_000 })
  return async (token) => {
    const payload = await verified(() =>
      jwtVerify(token.reveal(), keys, {
        issuer,
        audience,
        algorithms,
        currentDate: new Date(clock.now()),
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['exp', 'aud', 'iss'],
      }),
    )
    requireScopes(payload, settings.requiredScopes)
    return { principal: principalOf(payload, settings), expiresAtMs: (payload.exp ?? 0) * 1000 }
  }
}

async function verified(verify: () => Promise<{ readonly payload: JWTPayload }>): Promise<JWTPayload> {
  try {
    return (await verify()).payload
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) {
      throw identityErrors.error('IDENTITY_JWT_EXPIRED', { message: 'The token has expired.', cause })
    }
    if (cause instanceof errors.JWTClaimValidationFailed) {
      const isTooEarly = cause.claim === 'nbf' && cause.reason === 'check_failed'
      throw identityErrors.error(isTooEarly ? 'IDENTITY_JWT_EXPIRED' : 'IDENTITY_JWT_INVALID', {
        message: isTooEarly
          ? 'The token is not valid yet.'
          : `The token's claim ${cause.claim} is not the one asked for.`,
        cause,
      })
    }
    // An issuer that does not answer is not the token's fault.
    if (!tokenFaults.some((kind) => cause instanceof kind)) {
      throw identityErrors.error('IDENTITY_KEYS_UNAVAILABLE', {
        message: 'The keys of the issuer cannot be had.',
        cause,
      })
    }
    throw identityErrors.error('IDENTITY_JWT_INVALID', {
      message: 'The token is not one that this server accepts.',
      cause,
    })
  }
}

const tokenFaults = [
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
]

function requireScopes(payload: JWTPayload, wanted: readonly string[]): void {
  const granted = new Set(wordsOf(payload.scope ?? payload.scp))
  const missing = wanted.filter((scope) => !granted.has(scope))
  if (missing.length === 0) return
  throw identityErrors.error('IDENTITY_SCOPE_MISSING', { message: `The token lacks the scope ${missing.join(', ')}.` })
}

function principalOf(payload: JWTPayload, { userClaim, rolesClaim }: JwtSettings): Principal {
  const userId = userIdOf(payload[userClaim], userClaim)
  const named = new Set(wordsOf(payload[rolesClaim]))
  const held = new Set<Role>(roles.filter((role) => named.has(role)))
  if (held.size === 0) {
    throw identityErrors.error('IDENTITY_CLAIM_INVALID', {
      message: `The claim ${rolesClaim} names none of the roles ${roles.join(', ')}.`,
      field: rolesClaim,
    })
  }
  return { userId, displayName: typeof payload.name === 'string' ? payload.name.slice(0, 200) : userId, roles: held }
}

/** Never rewritten: two people must not become one, and `local:` is nobody's to claim. */
function userIdOf(value: unknown, claim: string) {
  if (typeof value === 'string' && /^[a-z0-9][a-z0-9._@-]{0,63}$/.test(value)) return parseUserId(value)
  throw identityErrors.error('IDENTITY_CLAIM_INVALID', {
    message: `The claim ${claim} is not a user_id (it has to match ^[a-z0-9][a-z0-9._@-]{0,63}$).`,
    field: claim,
  })
}

function wordsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((word) => typeof word === 'string')
  return typeof value === 'string' ? value.split(' ') : []
}
