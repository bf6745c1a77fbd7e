import type { Host, UserId } from '@sshmcp/kernel'
import type { SftpChannel } from './sftp-channel.ts'

/** One command for a connection to run. */
export interface ExecRequest {
  /** Handed to the login shell as it is. */
  readonly line: string
  /** Written to the command's standard input, which is then closed. */
  readonly stdin: string
  /** True refuses login shells in which our quoting is not known to hold. */
  readonly needsServedShell: boolean
}

/** Where output goes as it arrives. */
export interface OutputSink {
  /**
   * Takes the next bytes of one stream. The bytes are only lent until the call returns (or its promise settles).
   * A promise holds back the host's next bytes until it settles: that is the back-pressure.
   */
  write(stream: OutputStream, bytes: Uint8Array): void | Promise<void>
}

/** Where output of a command came from. */
export type OutputStream = 'stdout' | 'stderr'

/** What became of a remote process that we ended: looked up on the host, never assumed. */
export type RemoteProcess = 'dead' | 'alive' | 'unknown'

/** How a command ended. Nothing turns "not known" into 0. */
export interface ExecExit {
  /** Null when a signal ended it, when it was aborted, or when the host did not say. */
  readonly exitCode: number | null
  /** Without the `SIG`, such as `KILL`; null when none is known. */
  readonly signal: string | null
  /** Only after an abort. */
  readonly remoteProcess?: RemoteProcess
}

/** Facts about a connection that a journal and a reply may show. */
export type ConnectionFacts = {
  /** `SHA256:…` as `ssh-keygen -lf` prints it. */
  readonly hostKeyFingerprint: string
  /** The account on the host. */
  readonly login: string
  /** In words, such as `agent key SHA256:…` or `key ~/.ssh/id_ed25519`. */
  readonly authenticatedWith: string
  /** Decimal; only where a certificate that was made for this connection logged in. */
  readonly certificateSerial?: string
  /** The same of the hosts that the connection goes through. */
  readonly wayCertificateSerials?: readonly string[]
}

/** Who wants a connection, and why. A host with an identity per connection has it in its own log. */
export interface ConnectPurpose {
  readonly userId: UserId
  /** The call, as the journal names it. */
  readonly requestId: string
  /** The approval that the call spends; undefined where none was needed. */
  readonly approvalId: string | undefined
  readonly tool: string
  /** The one line that will be run. A host with an identity per command is connected for that and runs nothing else. */
  readonly line?: string
}

/** Why a connection is no more. */
export interface ConnectionEnd {
  readonly reason: 'closed' | 'lost'
  /** One sentence, safe to show. */
  readonly detail: string
}

/** One authenticated connection to one host. */
export interface SshConnection {
  readonly facts: ConnectionFacts
  /** Milliseconds since the epoch: what runs then may end, nothing new begins. Undefined: no such moment. */
  readonly reusableUntil?: number | undefined
  /**
   * Runs one command and resolves when it has ended and all its output was taken.
   *
   * An abort before anything was sent rejects with `TRANSPORT_CANCELLED`. An abort after that ends the remote process
   * group, looks what became of it, and resolves with `remoteProcess` within {@link abortGraceSeconds}; output that came
   * until then was delivered.
   *
   * @throws TRANSPORT_CANCELLED, TRANSPORT_CONNECTION_DEAD, TRANSPORT_CHANNEL_REFUSED, TRANSPORT_COMMAND_TOO_LONG and
   * TRANSPORT_SHELL_UNSUPPORTED, TRANSPORT_ONE_COMMAND_ONLY when nothing was run; TRANSPORT_EXEC_REFUSED; TRANSPORT_CONNECTION_LOST when it may have run.
   */
  exec(request: ExecRequest, sink: OutputSink, signal: AbortSignal): Promise<ExecExit>
  /**
   * Asks the host for a reply that runs nothing there. Resolves with the round trip in milliseconds.
   *
   * @throws TRANSPORT_CONNECTION_DEAD when no reply comes
   */
  ping(signal: AbortSignal): Promise<number>
  /**
   * Opens a channel for files. Close it.
   *
   * @throws TRANSPORT_CANCELLED, TRANSPORT_CONNECTION_DEAD, TRANSPORT_CHANNEL_REFUSED and TRANSPORT_ONE_COMMAND_ONLY;
   * SFTP_UNAVAILABLE, SFTP_PROTOCOL
   */
  sftp(signal: AbortSignal): Promise<SftpChannel>
  /** Ends the connection and resolves when it is gone; safe to call twice. */
  close(): Promise<void>
  /** Settles once, when the connection is gone for whatever reason; never rejects. */
  readonly closed: Promise<ConnectionEnd>
}

/** Makes connections. Host keys are checked and the login done before one is handed out. */
export interface SshTransport {
  /**
   * A host with an identity per command gives a connection that runs the line of the purpose, once: every other line, a
   * second command and files are refused.
   *
   * @throws any TRANSPORT_ code that says why there is no connection, and for a host with an identity per connection any
   * CA_ and CERT_ code that says why there is no certificate; nothing was run.
   */
  connect(host: Host, signal: AbortSignal, purpose?: ConnectPurpose): Promise<SshConnection>
}

/** Ending a remote process and looking what became of it takes at most this long. */
export const abortGraceSeconds = 5

/** Longest command line that Linux starts (one argument is at most 32 pages); the terminating NUL included. */
export const maxLineBytes = 131_071
