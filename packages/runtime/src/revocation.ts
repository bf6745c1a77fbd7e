import type { IdentityEntry } from '@sshmcp/identity'
import { type Clock, isSshMcpError, type UserId } from '@sshmcp/kernel'

export interface RevocationDeps {
  /** The identities as they are now; throws CONFIG_INVALID while their file cannot be read. */
  readonly entries: () => readonly IdentityEntry[]
  readonly clock: Clock
  /** Ends everything that an identity has running. */
  readonly close: (userId: UserId) => Promise<void>
  /** Told when that, or the reading, failed. */
  readonly log: (line: string) => void
}

/** Looked at this often, so that a revoked token's connections are gone within two seconds. */
const intervalMs = 1_000

/**
 * Ends what identities have running as soon as they are revoked, expired or given another token. The function that it
 * returns stops the watching.
 */
export function watchRevocations({ entries, clock, close, log }: RevocationDeps): () => void {
  let tokens = tokensOf(entries(), clock)
  let complaint = ''
  const look = (): void => {
    try {
      const now = tokensOf(entries(), clock)
      const ended = [...tokens].filter(([userId, token]) => now.get(userId) !== token)
      tokens = now
      complaint = ''
      for (const [userId] of ended) close(userId).catch(() => log(`what ${userId} had running could not be ended`))
    } catch (error) {
      if (!isSshMcpError(error)) throw error
      // Said once: meanwhile every call is refused for the same reason.
      if (complaint !== error.message) log(`${error.message} ${error.next}`)
      complaint = error.message
    }
  }
  const timer = setInterval(look, intervalMs)
  timer.unref()
  return () => clearInterval(timer)
}

function tokensOf(entries: readonly IdentityEntry[], clock: Clock): ReadonlyMap<UserId, string> {
  const alive = entries.filter(({ expiresAtMs }) => expiresAtMs === undefined || clock.now() < expiresAtMs)
  return new Map(alive.map(({ userId, tokenSha256 }) => [userId, tokenSha256]))
}
