import { type Host, runsOneCommand } from '@sshmcp/kernel'
import { sftpErrors, transportErrors } from '../errors.ts'
import type { SftpChannel } from '../sftp-channel.ts'
import type {
  ConnectionEnd,
  ConnectionFacts,
  ConnectPurpose,
  ExecExit,
  ExecRequest,
  OutputSink,
  RemoteProcess,
  SshConnection,
  SshTransport,
} from '../ssh-transport.ts'

/** What a scripted host answers to one command. */
export interface ScriptedReply {
  readonly stdout?: string | readonly (string | Uint8Array)[]
  readonly stderr?: string | readonly (string | Uint8Array)[]
  /** Default 0; null together with `signal`. */
  readonly exitCode?: number | null
  readonly signal?: string
  /** Never ends by itself: only an abort ends it. */
  readonly hangs?: boolean
  /** What an abort finds; default `dead`. */
  readonly remoteProcess?: RemoteProcess
  /** The connection is lost after the output, before any exit. */
  readonly losesConnection?: boolean
}

/** The script: called for each command; an undefined reply is `exitCode` 127, as a shell says of an unknown command. */
export type Script = (
  request: ExecRequest,
  host: Host,
) => ScriptedReply | undefined | Promise<ScriptedReply | undefined>

/** How a {@link ScriptedTransport} connects. */
export interface ScriptedOptions {
  readonly facts?: Partial<ConnectionFacts>
  /** Thrown by `connect` instead of a connection, where it returns one. */
  readonly refuse?: (host: Host) => Error | undefined
  /** Opens a channel for files; without it the host offers none. */
  readonly sftp?: (host: Host) => SftpChannel
  /** Until when the next connections may be used. */
  readonly reusableUntil?: number
}

/** A transport that answers from a script and remembers what it was asked. No network, no process. */
export class ScriptedTransport implements SshTransport {
  /** Every command that was sent, in order. */
  readonly sent: { readonly host: Host; readonly request: ExecRequest }[] = []
  /** Every connection that was made, closed ones too. */
  readonly connections: ScriptedConnection[] = []
  /** Why each connection was asked for, in order. */
  readonly purposes: (ConnectPurpose | undefined)[] = []
  readonly #script: Script
  /** May be changed between connections. */
  options: ScriptedOptions

  constructor(script: Script, options: ScriptedOptions = {}) {
    this.#script = script
    this.options = options
  }

  async connect(host: Host, signal: AbortSignal, purpose?: ConnectPurpose): Promise<SshConnection> {
    if (signal.aborted) throw cancelled()
    this.purposes.push(purpose)
    const refusal = this.options.refuse?.(host)
    if (refusal !== undefined) throw refusal
    const onlyLine = runsOneCommand(host) ? (purpose?.line ?? oneCommandOnly()) : undefined
    const answer = (request: ExecRequest) => {
      this.sent.push({ host, request })
      return this.#script(request, host)
    }
    const connection = new ScriptedConnection(host, this.options, answer, onlyLine)
    this.connections.push(connection)
    return connection
  }
}

/** A connection of {@link ScriptedTransport}. */
export class ScriptedConnection implements SshConnection {
  readonly facts: ConnectionFacts
  readonly closed: Promise<ConnectionEnd>
  readonly reusableUntil: number | undefined
  #settle: (end: ConnectionEnd) => void = () => {}
  readonly #host: Host
  readonly #options: ScriptedOptions
  readonly #answer: (request: ExecRequest) => ReturnType<Script>
  /** Where it is set, this is run, once. */
  readonly #onlyLine: string | undefined
  #isOpen = true

  constructor(
    host: Host,
    options: ScriptedOptions,
    answer: (request: ExecRequest) => ReturnType<Script>,
    onlyLine?: string,
  ) {
    this.#onlyLine = onlyLine
    this.facts = {
      hostKeyFingerprint: 'SHA256:scriptedscriptedscriptedscriptedscriptedscr',
      login: host.sshUser,
      authenticatedWith: 'script',
      ...options.facts,
    }
    this.reusableUntil = options.reusableUntil
    this.closed = new Promise((resolve) => {
      this.#settle = resolve
    })
    this.#host = host
    this.#options = options
    this.#answer = answer
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  async exec(request: ExecRequest, sink: OutputSink, signal: AbortSignal): Promise<ExecExit> {
    if (this.#onlyLine === undefined) return this.#exec(request, sink, signal)
    if (request.line !== this.#onlyLine) oneCommandOnly()
    return this.#exec(request, sink, signal).finally(() => this.close())
  }

  async #exec(request: ExecRequest, sink: OutputSink, signal: AbortSignal): Promise<ExecExit> {
    if (signal.aborted) throw cancelled()
    if (!this.#isOpen) throw transportErrors.error('TRANSPORT_CONNECTION_DEAD', { message: 'The connection is gone.' })
    const reply = (await this.#answer(request)) ?? { exitCode: 127 }
    for (const stream of ['stdout', 'stderr'] as const) {
      for (const part of parts(reply[stream])) await sink.write(stream, bytes(part))
    }
    if (reply.losesConnection) {
      this.lose()
      throw transportErrors.error('TRANSPORT_CONNECTION_LOST', { message: 'The connection was lost.' })
    }
    if (reply.hangs) return this.#untilAborted(reply, signal)
    const exitCode = reply.exitCode === undefined ? (reply.signal === undefined ? 0 : null) : reply.exitCode
    return { exitCode, signal: reply.signal ?? null }
  }

  async ping(): Promise<number> {
    if (!this.#isOpen) throw transportErrors.error('TRANSPORT_CONNECTION_DEAD', { message: 'The connection is gone.' })
    return 1
  }

  async sftp(signal: AbortSignal): Promise<SftpChannel> {
    if (signal.aborted) throw cancelled()
    if (this.#onlyLine !== undefined) oneCommandOnly()
    if (!this.#isOpen) throw transportErrors.error('TRANSPORT_CONNECTION_DEAD', { message: 'The connection is gone.' })
    const channel = this.#options.sftp?.(this.#host)
    if (channel === undefined)
      throw sftpErrors.error('SFTP_UNAVAILABLE', { message: 'The host offers no file transfer.' })
    return channel
  }

  async close(): Promise<void> {
    this.#isOpen = false
    this.#settle({ reason: 'closed', detail: 'We closed the connection.' })
  }

  /** The network takes the connection away. */
  lose(): void {
    this.#isOpen = false
    this.#settle({ reason: 'lost', detail: 'The connection was lost.' })
  }

  async #untilAborted(reply: ScriptedReply, signal: AbortSignal): Promise<ExecExit> {
    const aborted = new Promise<'aborted'>((resolve) => {
      if (signal.aborted) resolve('aborted')
      else signal.addEventListener('abort', () => resolve('aborted'), { once: true })
    })
    const first = await Promise.race([aborted, this.closed])
    if (first !== 'aborted') {
      throw transportErrors.error('TRANSPORT_CONNECTION_LOST', { message: 'The connection was lost.' })
    }
    return { exitCode: null, signal: null, remoteProcess: reply.remoteProcess ?? 'dead' }
  }
}

function parts(output: ScriptedReply['stdout']): readonly (string | Uint8Array)[] {
  return output === undefined ? [] : typeof output === 'string' ? [output] : output
}

function bytes(part: string | Uint8Array): Uint8Array {
  return typeof part === 'string' ? new TextEncoder().encode(part) : part
}

function cancelled(): Error {
  return transportErrors.error('TRANSPORT_CANCELLED', { message: 'The call was cancelled before anything was sent.' })
}

function oneCommandOnly(): never {
  throw transportErrors.error('TRANSPORT_ONE_COMMAND_ONLY', { message: 'The host runs one command per login.' })
}
