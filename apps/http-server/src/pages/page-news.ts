/** Says when approvals changed, whichever process changed them. */
export interface PageNews {
  /** Calls the listener after each change until the function that it returns is called. */
  listen(listener: () => void): () => void
}

interface NewsSource {
  /** Entries of the journal as they are added. */
  readonly follow: (signal: AbortSignal) => AsyncIterable<{ readonly kind: string }>
  readonly log: (line: string) => void
}

/** Follows the journal once for all who listen, and not at all while nobody does. */
export function createPageNews({ follow, log }: NewsSource): PageNews {
  const listeners = new Set<() => void>()
  let following: AbortController | undefined
  const run = async ({ signal }: AbortController): Promise<void> => {
    for await (const { kind } of follow(signal)) {
      if (kind.startsWith('approval.')) for (const listener of [...listeners]) listener()
    }
  }
  const begin = (): void => {
    const mine = new AbortController()
    following = mine
    run(mine)
      .catch((error: unknown) => log(`pages: the journal cannot be followed: ${String(error)}`))
      // Whoever listens next begins again.
      .finally(() => {
        if (following === mine) following = undefined
      })
  }
  return {
    listen(listener) {
      listeners.add(listener)
      if (following === undefined) begin()
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        following?.abort()
        following = undefined
      }
    },
  }
}
