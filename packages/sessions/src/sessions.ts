import type { Clock, IdSource, UserId } from '@sshmcp/kernel'
import type { SshTransport } from '@sshmcp/transport'
import type { OutputFilter } from './output-filter.ts'
import type { OwnedHosts } from './owned-hosts.ts'
import { Owner } from './owner.ts'

export interface SessionLimits {
  /** Most bytes of stdout and stderr together in one reply (`SSH_MCP_OUTPUT_MAX_BYTES`). */
  readonly outputMaxBytes: number
  /** A connection that runs nothing is closed after this; 0 is never (`SSH_MCP_SESSION_IDLE_TIMEOUT`). */
  readonly sessionIdleTimeoutSeconds: number
  /** `ssh_connect` sessions per identity (`SSH_MCP_MAX_SESSIONS`). */
  readonly maxSessions: number
  /** Running jobs per identity (`SSH_MCP_MAX_BACKGROUND_JOBS`). */
  readonly maxBackgroundJobs: number
  /** Newest bytes per stream that are kept (`SSH_MCP_JOB_OUTPUT_MAX_BYTES`). */
  readonly jobOutputMaxBytes: number
  /** A job runs and, after its end, is kept at most so long (`SSH_MCP_JOB_TTL_SECONDS`). */
  readonly jobTtlSeconds: number
}

export interface SessionsDeps {
  readonly transport: SshTransport
  readonly clock: Clock
  readonly ids: IdSource
  /** A fresh redactor for one stream. */
  readonly outputFilter: () => OutputFilter
  readonly limits: SessionLimits
}

/** Connections and what runs over them, apart for each identity. */
export interface Sessions {
  forOwner(userId: UserId): OwnedHosts
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
    async close() {
      isClosed = true
      await Promise.all([...owners.values()].map((owner) => owner.closeAll()))
    },
  }
}
