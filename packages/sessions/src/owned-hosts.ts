import type { Host } from '@sshmcp/kernel'
import type { ConnectionFacts, RemoteProcess } from '@sshmcp/transport'

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
}

export interface ExecOptions {
  readonly signal: AbortSignal
  /** Bytes of output taken so far, both streams together. */
  readonly onProgress?: (bytes: number) => void
  /** Called after the login and before anything is sent. When it rejects, nothing is sent and the call rejects with that. */
  readonly onConnected?: (facts: ConnectionFacts) => Promise<void>
}

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

/** The hosts as one identity reaches them: nothing of it is shared with another. */
export interface OwnedHosts {
  /**
   * Runs one command over the identity's pooled connection to the host, making it when there is none.
   *
   * A timeout or cancel after something was sent is an outcome (`timedOut`, `cancelled`), before that an error.
   *
   * @throws the TRANSPORT_ code that says why nothing was run, or TRANSPORT_CONNECTION_LOST when it may have run
   */
  exec(host: Host, command: Command, options: ExecOptions): Promise<ExecOutcome>
}
