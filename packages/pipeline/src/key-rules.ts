import type { PublicKeyText } from '@sshmcp/kernel'

/** What planning with keys needs: how a key is read, and what the rules allow. Pure, and the same for every caller. */
export interface KeyRules {
  /** @throws KEY_… for whatever is not exactly one sound public key */
  readKey(line: string): PublicKeyText
  /** The lifetime that is given when so much is asked for; 0 is the default. @throws CERT_TTL_REFUSED */
  ttlSeconds(asked: number): number
  /** What a user's certificate may name, sorted, each once; none asked for means the user id. @throws CERT_PRINCIPAL_REFUSED */
  principals(asked: readonly string[], userId: string): readonly string[]
  /** The key that identities.json has for a user. @throws KEY_… when it is no sound one */
  registeredKey(userId: string): PublicKeyText | undefined
}
