import type { Clock, IdSource, UserId } from '@sshmcp/kernel'
import type { SshTransport } from '@sshmcp/transport'
import type { OutputFilter } from './output-filter.ts'
import type { OwnedHosts } from './owned-hosts.ts'

export interface SessionLimits {
  /** Most bytes of stdout and stderr together in one outcome (`SSH_MCP_OUTPUT_MAX_BYTES`). */
  readonly outputMaxBytes: number
  /** A pooled connection that runs nothing is closed after this (`SSH_MCP_SESSION_IDLE_TIMEOUT`). */
  readonly sessionIdleTimeoutSeconds: number
  /** `ssh_connect` sessions per identity (`SSH_MCP_MAX_SESSIONS`). */
  readonly maxSessions: number
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
  /** Ends what runs and closes every connection. Nothing can be run afterwards. */
  close(): Promise<void>
}

export type CreateSessions = (deps: SessionsDeps) => Sessions
