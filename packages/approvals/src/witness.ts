import type { Clock } from '@sshmcp/kernel'

/**
 * What this process has itself seen of approvals, which no edited file and no turned clock can take back: that one was
 * used, and when its time is over by the clock that never goes back.
 */
export interface Witness {
  /** Remembers a request at first sight; later calls change nothing. */
  see(requestId: string, expiresAt: number): void
  hasExpired(requestId: string): boolean
  use(requestId: string): void
  wasUsed(requestId: string): boolean
}

/** Far more than can be live at once; the oldest are forgotten, whose time is over by any clock. */
const mostRemembered = 20_000
/** The two clocks are read apart and drift; only a turned wall clock makes a difference like this. */
const toleratedDriftMs = 1_000

/** A witness with an empty memory. */
export function createWitness(clock: Clock): Witness {
  const seen = new Map<string, { readonly deadline: number; readonly isUsed: boolean }>()
  const remember = (requestId: string, deadline: number, isUsed: boolean): void => {
    seen.set(requestId, { deadline, isUsed })
    const [oldest] = seen.keys()
    if (seen.size > mostRemembered && oldest !== undefined) seen.delete(oldest)
  }
  return {
    see(requestId, expiresAt) {
      if (seen.has(requestId)) return
      const left = Math.max(0, expiresAt - clock.now())
      remember(requestId, clock.monotonic() + left + toleratedDriftMs, false)
    },
    hasExpired: (requestId) => clock.monotonic() >= (seen.get(requestId)?.deadline ?? Number.POSITIVE_INFINITY),
    use(requestId) {
      remember(requestId, seen.get(requestId)?.deadline ?? Number.POSITIVE_INFINITY, true)
    },
    wasUsed: (requestId) => seen.get(requestId)?.isUsed === true,
  }
}
