import { caErrors } from './errors.ts'

/** How long a key or certificate may live. */
export interface TtlLimits {
  readonly defaultTtlSeconds: number
  readonly maxTtlSeconds: number
}

/** The shortest life a person or model may ask for. */
export const minTtlSeconds = 60

const principalPattern = /^[A-Za-z0-9._@:+-]{1,128}$/
const maxPrincipals = 256

/**
 * The lifetime that a request gets: 0 is the default, anything else must lie between 60 s and the maximum.
 *
 * @throws CERT_TTL_REFUSED
 */
export function boundTtl(askedSeconds: number, limits: TtlLimits): number {
  const ttl = askedSeconds === 0 ? Math.min(limits.defaultTtlSeconds, limits.maxTtlSeconds) : askedSeconds
  if (Number.isSafeInteger(ttl) && ttl >= minTtlSeconds && ttl <= limits.maxTtlSeconds) return ttl
  throw caErrors.error('CERT_TTL_REFUSED', {
    message: `ttl_seconds must be 0 or a whole number from ${minTtlSeconds} to ${limits.maxTtlSeconds}.`,
    field: 'ttl_seconds',
  })
}

/**
 * The principals that a request gets, sorted and each once: none asked for means the user id. Without a list of their
 * own users may have only their user id, and `root` only where a list names it.
 *
 * @throws CERT_PRINCIPAL_REFUSED
 */
export function boundPrincipals(
  asked: readonly string[],
  userId: string,
  allowed: readonly string[] | undefined,
): readonly string[] {
  const wanted = [...new Set(asked.length === 0 ? [userId] : asked)].sort()
  assertPrincipals(wanted)
  const permitted = allowed ?? [userId].filter((name) => name !== 'root')
  const refused = wanted.find((principal) => !permitted.includes(principal))
  if (refused === undefined) return wanted
  throw caErrors.error('CERT_PRINCIPAL_REFUSED', {
    message: `The principal ${JSON.stringify(refused)} is not allowed for ${userId}.`,
    field: 'principals',
    candidates: permitted,
  })
}

/**
 * Refuses a list of principals that is empty (sshd would take such a certificate for nobody, older ones for everybody),
 * too long, or holds names that sshd would split or match as patterns.
 *
 * @throws CERT_PRINCIPAL_REFUSED
 */
export function assertPrincipals(principals: readonly string[]): void {
  const bad = principals.find((principal) => !principalPattern.test(principal))
  if (bad === undefined && principals.length > 0 && principals.length <= maxPrincipals) return
  const message =
    bad === undefined
      ? `A certificate names between 1 and ${maxPrincipals} principals.`
      : `${JSON.stringify(bad.slice(0, 80))} is not a principal: letters, digits and . _ @ : + - only.`
  throw caErrors.error('CERT_PRINCIPAL_REFUSED', { message, field: 'principals' })
}
