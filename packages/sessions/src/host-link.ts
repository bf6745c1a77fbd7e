import { type Clock, type Host, isSshMcpError } from '@sshmcp/kernel'
import type {
  ConnectPurpose,
  ExecExit,
  ExecRequest,
  OutputSink,
  SftpChannel,
  SshConnection,
  SshTransport,
} from '@sshmcp/transport'
import { ChannelGate } from './channel-gate.ts'
import { SharedConnect } from './shared-connect.ts'

/** sshd allows 10 sessions on a connection by default (MaxSessions); one is left free for ending a process. */
const firstGuess = 9

/** Milliseconds before a refused channel is asked for again. */
const patience = [10, 20, 40, 80, 160, 320]

export interface LinkParts {
  readonly host: Host
  readonly transport: SshTransport
  readonly clock: Clock
  /** 0 keeps an idle connection for ever. */
  readonly idleSeconds: number
  /** False for a session, which is its one connection and never another. */
  readonly mayReconnect: boolean
  /** Told when nothing has run for that long, or until the connection's time is over: whoever keeps the link closes it. */
  readonly onIdle: () => void
}

/**
 * The way to one host for one owner: at most one connection, made when needed, shared by all calls, closed when idle. A
 * connection that turns out dead before anything was sent is replaced; after that never.
 */
export class HostLink {
  readonly host: Host
  readonly #parts: LinkParts
  readonly #gate = new ChannelGate(firstGuess)
  #shared: SharedConnect | undefined
  #users = 0
  #idleTimer: NodeJS.Timeout | undefined
  #lastUsed: number
  #isRetired = false

  constructor(parts: LinkParts) {
    this.#parts = parts
    this.host = parts.host
    this.#lastUsed = parts.clock.monotonic()
  }

  /** Seconds since something last ran; 0 while something does. */
  get idleSeconds(): number {
    return this.#users > 0 ? 0 : (this.#parts.clock.monotonic() - this.#lastUsed) / 1000
  }

  get mayReconnect(): boolean {
    return this.#parts.mayReconnect
  }

  get isConnected(): boolean {
    return this.#shared?.connection !== undefined
  }

  /** True once the time of the connection is over: nothing new may begin over it. */
  get isSpent(): boolean {
    return this.#secondsLeft <= 0
  }

  /** True when this certificate logged the connection in, or opened the way to it. */
  isBy(serial: string): boolean {
    const { certificateSerial, wayCertificateSerials = [] } = this.#shared?.connection?.facts ?? {}
    return certificateSerial === serial || wayCertificateSerials.includes(serial)
  }

  /** Runs work over the link, which stays open meanwhile. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    this.#users++
    clearTimeout(this.#idleTimer)
    try {
      return await work()
    } finally {
      this.#users--
      this.#lastUsed = this.#parts.clock.monotonic()
      if (this.#users === 0) await this.#rest()
    }
  }

  /** The connection, made when there is none; ten calls at once make one, with the purpose of the first. */
  connection(signal: AbortSignal, purpose?: ConnectPurpose): Promise<SshConnection> {
    this.#shared ??= this.#connect(purpose)
    return this.#shared.wait(signal)
  }

  /**
   * Runs a command when the host has a channel free for it.
   *
   * @throws as `SshConnection.exec`
   */
  exec(connection: SshConnection, request: ExecRequest, sink: OutputSink, signal: AbortSignal): Promise<ExecExit> {
    return this.#whenFree(signal, () => connection.exec(request, sink, signal))
  }

  /**
   * Works with a channel for files when the host has one free, and closes it.
   *
   * @throws as `SshConnection.sftp`; what the work throws
   */
  sftp<T>(connection: SshConnection, signal: AbortSignal, work: (channel: SftpChannel) => Promise<T>): Promise<T> {
    return this.#whenFree(signal, async () => {
      const channel = await connection.sftp(signal)
      try {
        return await work(channel)
      } finally {
        await channel.close()
      }
    })
  }

  async #whenFree<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    for (let refusals = 0; ; refusals++) {
      const leave = await this.#gate.enter(signal)
      try {
        const result = await work()
        this.#gate.passed()
        return result
      } catch (error) {
        const others = this.#gate.inside - 1
        if (!isCode(error, 'TRANSPORT_CHANNEL_REFUSED') || (others < 1 && refusals >= patience.length)) throw error
        // Nothing was run: it waits until one of the others has ended.
        this.#gate.narrowTo(others)
      } finally {
        leave()
      }
      // A host frees a channel a moment after the command on it has ended.
      await pause(patience[Math.min(refusals, patience.length - 1)] ?? 0, signal)
    }
  }

  /** Gives up a connection that is known to be dead, so that the next call makes another. */
  async drop(connection: SshConnection): Promise<void> {
    if (this.#shared?.connection === connection) this.#shared = undefined
    await connection.close()
  }

  /** Closes it when the last that uses it is done. */
  async retire(): Promise<void> {
    this.#isRetired = true
    if (this.#users === 0) await this.close()
  }

  async close(): Promise<void> {
    clearTimeout(this.#idleTimer)
    const shared = this.#shared
    this.#shared = undefined
    await shared?.close()
  }

  #connect(purpose: ConnectPurpose | undefined): SharedConnect {
    const { transport, host } = this.#parts
    const shared = new SharedConnect(
      (signal) => transport.connect(host, signal, purpose),
      () => {
        if (this.#shared === shared) this.#shared = undefined
      },
    )
    return shared
  }

  get #secondsLeft(): number {
    const until = this.#shared?.connection?.reusableUntil
    return until === undefined ? Number.POSITIVE_INFINITY : (until - this.#parts.clock.now()) / 1000
  }

  async #rest(): Promise<void> {
    if (this.#isRetired) return this.close()
    const { idleSeconds, onIdle } = this.#parts
    const seconds = Math.min(idleSeconds > 0 ? idleSeconds : Number.POSITIVE_INFINITY, Math.max(this.#secondsLeft, 0))
    if (seconds === Number.POSITIVE_INFINITY) return
    this.#idleTimer = setTimeout(onIdle, seconds * 1000)
    this.#idleTimer.unref()
  }
}

function isCode(error: unknown, code: string): boolean {
  return isSshMcpError(error) && error.code === code
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
