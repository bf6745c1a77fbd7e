import type { Clock, IdSource } from '@sshmcp/kernel'
import type { SshTransport } from '@sshmcp/transport'
import type { OutputFilter } from './output-filter.ts'

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
