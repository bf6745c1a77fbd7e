import type { Host } from '@sshmcp/kernel'
import {
  abortGraceSeconds,
  type ConnectionEnd,
  type ConnectionFacts,
  type ExecExit,
  type ExecRequest,
  type LoginShell,
  loginShellProbe,
  maxLineBytes,
  type OutputSink,
  type OutputStream,
  type RemoteProcess,
  type SftpChannel,
  type SshConnection,
  transportErrors,
} from '@sshmcp/transport'
import type { Client } from 'ssh2'
import { type ConnectionLife, cancelled, dead, lost, openExec } from './exec-open.ts'
import { runChannel } from './exec-run.ts'
import { addressOf } from './host-key-check.ts'
import { type LoginShells, requireServed } from './login-shells.ts'
import { endLine, endScript, endVerdict } from './process-end.ts'
import { FenceReader, fence } from './process-fence.ts'
import { randomMarker } from './random-marker.ts'
import { openSftp } from './sftp/open-sftp.ts'
import { abortable, aborted, atMost } from './waiting.ts'

/** What a connection needs from the transport that made it. */
export interface ConnectionParts {
  readonly host: Host
  readonly client: Client
  readonly facts: ConnectionFacts
  readonly reusableUntil: number | undefined
  readonly shells: LoginShells
  readonly closed: Promise<ConnectionEnd>
  readonly isGone: () => boolean
  readonly destroy: () => void
  readonly monotonic: () => number
  /** A second connection to the same host, for ending a process when this one opens no more channels. */
  readonly reconnect: (signal: AbortSignal) => Promise<SshConnection>
}

/** One running command, for the sake of ending it. */
interface Run {
  /** Known as soon as the host has reported it; never settles for a host that does not. */
  readonly reported: Promise<string | undefined>
  pid: string | undefined
  /** Counts the commands of this connection. */
  readonly number: number
  readonly wasAlone: boolean
}

/** A connection by ssh2. */
export class Ssh2Connection implements SshConnection {
  readonly facts: ConnectionFacts
  readonly closed: Promise<ConnectionEnd>
  readonly reusableUntil: number | undefined
  readonly #parts: ConnectionParts
  readonly #life: ConnectionLife
  readonly #runs = new Set<Run>()
  #started = 0

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    this.facts = parts.facts
    this.reusableUntil = parts.reusableUntil
    this.closed = parts.closed
    const { client, isGone, destroy } = parts
    this.#life = { client, isGone, destroy, address: addressOf(parts.host) }
  }

  async exec(request: ExecRequest, sink: OutputSink, signal: AbortSignal): Promise<ExecExit> {
    if (signal.aborted) throw cancelled()
    if (this.#parts.isGone()) throw dead(this.#life)
    const { host, shells } = this.#parts
    if (request.needsServedShell) requireServed(await this.#learnShell(signal), host)
    const { line, marker } = fence(request.line, randomMarker(), shells.of(host))
    requireShort(line)
    let report = (_pid: string | undefined) => {}
    const reported = new Promise<string | undefined>((resolve) => {
      report = resolve
    })
    const run: Run = { reported, pid: undefined, number: ++this.#started, wasAlone: this.#runs.size === 0 }
    const reader = new FenceReader(marker, ({ pid, shellPath }) => {
      run.pid = pid
      report(pid)
      if (shellPath !== '') shells.note(host, shellPath)
    })
    this.#runs.add(run)
    try {
      const channel = await openExec(this.#life, line, signal)
      if (channel === undefined) return { exitCode: null, signal: null, remoteProcess: 'unknown' }
      const exit = runChannel(channel, request.stdin, { sink, fence: reader }, this.#life)
      return await untilEnd(exit, signal, async () => {
        const remoteProcess = (await atMost(this.#end(run), endMs + 100)) ?? 'unknown'
        channel.close()
        return remoteProcess
      })
    } finally {
      this.#runs.delete(run)
    }
  }

  ping(signal: AbortSignal): Promise<number> {
    const { client, monotonic } = this.#parts
    return new Promise((resolve, reject) => {
      const start = monotonic()
      const fail = () => {
        signal.removeEventListener('abort', fail)
        reject(signal.aborted ? cancelled() : dead(this.#life))
      }
      if (signal.aborted) return fail()
      signal.addEventListener('abort', fail, { once: true })
      this.closed.then(fail)
      const done = () => {
        signal.removeEventListener('abort', fail)
        if (!this.#parts.isGone()) resolve(monotonic() - start)
      }
      try {
        // A global request that a host must answer, if only with a no: nothing runs there.
        client.unforwardIn('127.0.0.1', 1, done)
      } catch {
        fail()
      }
    })
  }

  sftp(signal: AbortSignal): Promise<SftpChannel> {
    return openSftp(this.#life, (line, stdin, within) => this.#runPlain(line, stdin, within), signal)
  }

  async close(): Promise<void> {
    this.#parts.client.end()
    const patience = setTimeout(this.#parts.destroy, 1_000)
    await this.closed
    clearTimeout(patience)
  }

  #learnShell(signal: AbortSignal): Promise<LoginShell> {
    // Bound by its own time, not by one caller's signal: other callers may be waiting for the same answer.
    const ask = () => this.#runPlain(loginShellProbe, '', AbortSignal.timeout(probeSeconds * 1000))
    return abortable(this.#parts.shells.learn(this.#parts.host, ask), signal, cancelled)
  }

  /** Ends a command of ours: over this connection, and where that opens no channel over another one. Never throws. */
  async #end(run: Run): Promise<RemoteProcess> {
    const pid = await atMost(run.reported, reportMs)
    if (pid === undefined) return 'unknown'
    const signal = AbortSignal.timeout(endMs)
    const others = [...this.#runs].filter((other) => other !== run).flatMap((other) => other.pid ?? [])
    const ranAlone = run.wasAlone && run.number === this.#started
    const marker = randomMarker()
    const line = (sameConnection: boolean) => endLine({ pid, others, ranAlone, sameConnection }, marker)
    try {
      return endVerdict(await this.#runPlain(line(true), endScript, signal), marker)
    } catch {
      return this.#endFromOutside(line(false), marker, signal)
    }
  }

  async #endFromOutside(line: string, marker: string, signal: AbortSignal): Promise<RemoteProcess> {
    try {
      const connection = await this.#parts.reconnect(signal)
      try {
        const { sink, text } = collect()
        await connection.exec({ line, stdin: endScript, needsServedShell: false }, sink, signal)
        return endVerdict(text(), marker)
      } finally {
        await connection.close()
      }
    } catch {
      // No way to the host: what became of the process is not known, and that is the answer.
      return 'unknown'
    }
  }

  /** Runs a constant line of ours, without a fence, and returns what it prints. */
  async #runPlain(line: string, stdin: string | Uint8Array, signal: AbortSignal): Promise<string> {
    const channel = await openExec(this.#life, line, signal)
    if (channel === undefined) throw lost(this.#life)
    const { sink, text } = collect()
    const exit = runChannel(channel, stdin, { sink, fence: undefined }, this.#life)
    try {
      await abortable(exit, signal, () => lost(this.#life))
    } finally {
      channel.close()
    }
    return text()
  }
}

const probeSeconds = 10
const mostAnswerBytes = 16_384
/** How long an abort works at ending the process: with the waits below it stays within `abortGraceSeconds`. */
const endMs = (abortGraceSeconds - 1) * 1000
/** How long an abort waits for output that is under way. */
const lastOutputMs = 300
/** How long an abort waits for a host to report the process id of a command that was just sent. */
const reportMs = 1_000

/** A small answer to a question of ours; what goes beyond it is dropped. */
function collect(): { readonly sink: OutputSink; readonly text: () => string } {
  const chunks: Buffer[] = []
  let size = 0
  const write = (stream: OutputStream, bytes: Uint8Array) => {
    if (stream !== 'stdout' || size >= mostAnswerBytes) return
    size += bytes.length
    chunks.push(Buffer.from(bytes))
  }
  return { sink: { write }, text: () => Buffer.concat(chunks).toString('utf8') }
}

function requireShort(line: string): void {
  const length = Buffer.byteLength(line)
  if (length <= maxLineBytes) return
  throw transportErrors.error('TRANSPORT_COMMAND_TOO_LONG', {
    message: `The command line has ${length} bytes; a Linux host starts at most ${maxLineBytes}. Nothing was run.`,
  })
}

/** The exit of a command, or what an abort makes of it. */
async function untilEnd(
  exit: Promise<ExecExit>,
  signal: AbortSignal,
  end: () => Promise<RemoteProcess>,
): Promise<ExecExit> {
  const abort = aborted(signal)
  // Stopped when the exit is an error too: a signal with a listener is never given back while its sources live.
  const first = await Promise.race([exit, abort.promise]).finally(abort.stop)
  if (first !== 'aborted') return first
  const remoteProcess = await end()
  // The output that was under way is delivered, but a channel that stays open does not hold up the answer.
  await atMost(
    exit.catch(() => undefined),
    lastOutputMs,
  )
  return { exitCode: null, signal: null, remoteProcess }
}
