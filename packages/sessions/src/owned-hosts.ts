import type { Host } from '@sshmcp/kernel'
import type { ConnectionFacts, ConnectPurpose, RemoteProcess, SftpChannel } from '@sshmcp/transport'

/** A command line exactly as it was authorised. `CommandPlan` of the kernel is one. */
export interface Command {
  /** Handed to the login shell as it is. */
  readonly line: string
  /** Written to standard input, which is then closed. */
  readonly stdin: string
  /** Wall clock from the call: connecting, logging in and running together. */
  readonly timeoutSeconds: number
  /** True when the line holds values whose quoting must hold. */
  readonly needsServedShell: boolean
  /** Only a label for the list of jobs. */
  readonly templateId?: string
}

export interface ExecOptions {
  readonly signal: AbortSignal
  /**
   * Who asks, and why: a host with an identity per connection has it in its log. There a purpose with an approval gets a
   * connection of its own, unless it names a session. On a host with an identity per command every call has one.
   */
  readonly purpose?: ConnectPurpose
  /** Runs over this session's own connection instead of the pooled one. */
  readonly sessionId?: string
  /** Bytes of output taken so far, both streams together. */
  readonly onProgress?: (bytes: number) => void
  /** Called after the login and before anything is sent. When it rejects, nothing is sent and the call rejects with that. */
  readonly onConnected?: (facts: ConnectionFacts) => Promise<void>
}

/** How files of a host are reached. */
export type SftpOptions = Pick<ExecOptions, 'signal' | 'purpose' | 'sessionId' | 'onConnected'>

/** How a session is opened. */
export type OpenOptions = Pick<ExecOptions, 'signal' | 'purpose' | 'onConnected'>

/** What came of a command, redacted and cut to size. */
export interface ExecOutcome {
  /** Null after a signal, a timeout or a cancel, and when the host did not say. */
  readonly exitCode: number | null
  /** Without the `SIG`. */
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
  readonly timedOut: boolean
  readonly cancelled: boolean
  /** Only after a timeout or a cancel. */
  readonly remoteProcess?: RemoteProcess
  /** True when `stdout` or `stderr` is not all of it. */
  readonly truncated: boolean
  /** How often each redaction rule matched. */
  readonly redactions: Readonly<Record<string, number>>
  /** Control, bidirectional and zero-width characters taken out, terminal sequences counted as one each. */
  readonly cleaned: number
  /** A handle to the captured output, when it was truncated or the command timed out. */
  readonly jobId?: string
  readonly connection: ConnectionFacts
}

/** running | completed (whatever its exit code) | failed (could not be run, or the connection was lost) | cancelled | expired */
export type JobStatus = 'running' | 'completed' | 'failed' | 'cancelled' | 'expired'

/** A job, or the handle to a foreground command's output. */
export interface JobView {
  readonly jobId: string
  readonly hostId: string
  readonly templateId: string
  readonly status: JobStatus
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly runningSeconds: number
  readonly exitCode: number | null
  readonly signal: string | null
  /** Only after a cancel, an expiry or a timeout. */
  readonly remoteProcess?: RemoteProcess
  /** Why it failed. */
  readonly failure?: { readonly code: string; readonly message: string }
}

/** A job with a stretch of its output. */
export interface JobOutput extends JobView {
  readonly stdout: string
  readonly stderr: string
  /** Where the next poll goes on; always present. */
  readonly nextCursor: string
  /** Bytes before this stretch that are no longer kept. */
  readonly droppedBytes: number
}

export interface StartJobOptions extends Omit<ExecOptions, 'onProgress' | 'sessionId'> {
  /** Called once when the job has ended, however it did. */
  readonly onEnded?: (job: JobView) => void
}

export interface PollOptions {
  /** "" is the start of what is kept. */
  readonly cursor: string
  /** Waits so long for new output or the end; 0 answers at once. */
  readonly waitSeconds: number
  readonly signal: AbortSignal
}

/** A connection of its own that nothing else uses. */
export interface SessionView {
  readonly sessionId: string
  readonly hostId: string
  readonly status: 'connected' | 'disconnected'
  readonly idleSeconds: number
  readonly uptimeSeconds: number
  readonly connection: ConnectionFacts
}

/** The hosts as one identity reaches them: nothing of it is shared with another, and nobody else's ids are known here. */
export interface OwnedHosts {
  /**
   * Runs one command over the identity's pooled connection to the host, making it when there is none.
   *
   * A timeout or cancel after something was sent is an outcome (`timedOut`, `cancelled`), before that an error.
   *
   * @throws the TRANSPORT_ code that says why nothing was run, or TRANSPORT_CONNECTION_LOST when it may have run;
   * SESSION_BUSY, SESSION_CLOSED, SESSION_UNKNOWN, SESSION_OTHER_HOST
   */
  exec(host: Host, command: Command, options: ExecOptions): Promise<ExecOutcome>

  /**
   * Works with the files of a host over a channel of the pooled connection (or the session's own), which is closed when the
   * work is done. `onConnected` is called first. The signal that the work gets fires with the caller's and when the owner's
   * things are closed.
   *
   * @throws TRANSPORT_ and SFTP_ codes that say why there is no channel; SESSION_CLOSED, SESSION_UNKNOWN, SESSION_OTHER_HOST;
   * what the work throws
   */
  sftp<T>(host: Host, options: SftpOptions, work: (channel: SftpChannel, signal: AbortSignal) => Promise<T>): Promise<T>

  /**
   * Starts a command that goes on after the reply. Resolves when it was sent. Bound by the jobs' own time to live.
   *
   * @throws JOB_LIMIT; as `exec` when it could not be started
   */
  startJob(host: Host, command: Command, options: StartJobOptions): Promise<JobView>
  /** @throws JOB_UNKNOWN, JOB_CURSOR_INVALID */
  pollJob(jobId: string, options: PollOptions): Promise<JobOutput>
  /** Jobs and handles, oldest first. */
  jobs(): readonly JobView[]
  /** Ends the process group and checks. A job that has ended is returned as it is. @throws JOB_UNKNOWN */
  cancelJob(jobId: string): Promise<JobView>

  /** Opens a connection of its own. @throws SESSION_LIMIT; any TRANSPORT_ code that says why there is no connection */
  openSession(host: Host, options: OpenOptions): Promise<SessionView>
  sessions(): readonly SessionView[]
  /** @throws SESSION_UNKNOWN */
  session(sessionId: string): SessionView
  /** Closes it; what runs over it is ended. @throws SESSION_UNKNOWN */
  closeSession(sessionId: string): Promise<SessionView>
  /** A reply from the host that runs nothing there; undefined round trip when none came. @throws SESSION_UNKNOWN */
  pingSession(
    sessionId: string,
    signal: AbortSignal,
  ): Promise<SessionView & { readonly roundTripMs: number | undefined }>

  /** Ends everything of this identity's, as when its token is revoked. New calls start afresh. */
  closeAll(): Promise<void>
}
