import type { UserId } from '@sshmcp/kernel'
import type { OwnedHosts } from './owned-hosts.ts'
import { type Load, Owner } from './owner.ts'
import type { SessionsDeps } from './sessions-deps.ts'

/** Connections and what runs over them, apart for each identity. */
export interface Sessions {
  forOwner(userId: UserId): OwnedHosts
  /** What everybody together has open at this moment. */
  load(): Load
  /**
   * Closes every connection and session that this certificate logged in, at once, as when it is revoked.
   *
   * @param serial decimal
   */
  closeByCertificate(serial: string): Promise<void>
  /** Ends what runs, checks that it is gone, and closes every connection. Nothing can be run afterwards. */
  close(): Promise<void>
}

/**
 * The pool of connections, sessions and jobs over a transport.
 *
 * @example
 * const sessions = createSessions({ transport, clock, ids, outputFilter, limits })
 * const outcome = await sessions.forOwner(userId).exec(host, command, { signal })
 */
export function createSessions(deps: SessionsDeps): Sessions {
  const owners = new Map<UserId, Owner>()
  let isClosed = false
  return {
    forOwner(userId) {
      const owner = owners.get(userId) ?? new Owner(deps, () => isClosed)
      owners.set(userId, owner)
      return owner
    },
    load() {
      const loads = [...owners.values()].map((owner) => owner.load())
      return {
        connections: loads.reduce((sum, { connections }) => sum + connections, 0),
        runningJobs: loads.reduce((sum, { runningJobs }) => sum + runningJobs, 0),
      }
    },
    async closeByCertificate(serial) {
      await Promise.all([...owners.values()].map((owner) => owner.closeBy(serial)))
    },
    async close() {
      isClosed = true
      await Promise.all([...owners.values()].map((owner) => owner.closeAll()))
    },
  }
}
