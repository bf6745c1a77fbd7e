import {
  boundPrincipals,
  boundTtl,
  formatPublicKeyLine,
  type KeyPolicy as KeyForm,
  parsePublicKeyLine,
  type TtlLimits,
} from '@sshmcp/ca'
import type { IdentityEntry } from '@sshmcp/identity'
import type { PublicKeyText } from '@sshmcp/kernel'
import type { KeyRules } from '@sshmcp/pipeline'
import type { KeyPolicy } from '@sshmcp/policy'

/** Keys as `key_policy` and identities.json allow them. */
export function keyRulesOf(policy: KeyPolicy, entries: () => readonly IdentityEntry[]): KeyRules {
  const readKey = (line: string): PublicKeyText => readPublicKey(line, { minRsaBits: policy.minKeyBits })
  return {
    readKey,
    ttlSeconds: (asked) => boundTtl(asked, ttlLimitsOf(policy)),
    principals: (asked, userId) => {
      const listed = policy.principals.get(userId)
      return boundPrincipals(asked, userId, listed === undefined ? undefined : [...listed])
    },
    registeredKey: (userId) => {
      const line = entries().find((entry) => entry.userId === userId)?.sshPublicKey
      return line === undefined || line === '' ? undefined : readKey(line)
    },
  }
}

/** How long keys and certificates may live. */
export function ttlLimitsOf({ defaultTtlSeconds, maxTtlSeconds }: KeyPolicy): TtlLimits {
  return { defaultTtlSeconds, maxTtlSeconds }
}

function readPublicKey(line: string, form: KeyForm): PublicKeyText {
  const key = parsePublicKeyLine(line, form)
  return { line: formatPublicKeyLine({ ...key, comment: '' }), fingerprint: key.fingerprint }
}
