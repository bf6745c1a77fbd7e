import { createHash } from 'node:crypto'
import type { Clock, IdSource, Secret } from '@sshmcp/kernel'

/** Somebody who signed in with a token. Kept in memory only: a restart signs everybody out. */
export interface PageSession {
  /** The value of the cookie; nowhere else. */
  readonly id: string
  readonly token: Secret
  /** Stands in every form of this session. */
  readonly formToken: string
  readonly endsAtMs: number
}

export interface PageSessions {
  open(token: Secret): PageSession
  /** Undefined when there is none, or it is over. */
  find(id: string): PageSession | undefined
  end(id: string): void
}

/** A working day: somebody who decides does so at a desk of their own. */
export const sessionSeconds = 8 * 3600

/** More than any team has open; the oldest makes room. */
const mostSessions = 2_000

/** Sessions of the pages: random, unguessable, expiring. */
export function createPageSessions(clock: Clock, ids: IdSource): PageSessions {
  // Found by its hash, so that the time a search takes tells nothing about an id.
  const open = new Map<string, PageSession>()
  const dropEnded = (): void => {
    for (const [key, { endsAtMs }] of open) if (endsAtMs <= clock.now()) open.delete(key)
    while (open.size >= mostSessions) for (const key of open.keys()) if (open.delete(key)) break
  }
  return {
    open(token) {
      dropEnded()
      const endsAtMs = clock.now() + sessionSeconds * 1000
      const session = { id: ids.next('page'), token, formToken: ids.next('form'), endsAtMs }
      open.set(keyOf(session.id), session)
      return session
    },
    find(id) {
      const session = open.get(keyOf(id))
      if (session === undefined || session.endsAtMs > clock.now()) return session
      open.delete(keyOf(id))
      return undefined
    },
    end(id) {
      open.delete(keyOf(id))
    },
  }
}

function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('hex')
}
