import type { Host } from '@sshmcp/kernel'
import {
  type ConnectionEnd,
  type ConnectionFacts,
  type ExecExit,
  type ExecRequest,
  type LoginShell,
  loginShellProbe,
  type OutputSink,
  type RemoteProcess,
  type SftpChannel,
  type SshConnection,
} from '@sshmcp/transport'
import type { Client } from 'ssh2'
import { type ConnectionLife, cancelled, dead } from './exec-open.ts'
import { addressOf } from './host-key-check.ts'
import { type LoginShells, probeSeconds, requireServed } from './login-shells.ts'
import { ping } from './ping.ts'
import { endLine, endScript, endVerdict } from './process-end.ts'
import { fence } from './process-fence.ts'
import { randomMarker } from './random-marker.ts'
import { awaitReport, collect, endMs, reportMs, requireShort, runFenced, runPlain } from './run-line.ts'
import { openSftp } from './sftp/open-sftp.ts'
import { abortable, atMost, endWithin } from './waiting.ts'

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
    const fenced = fence(request.line, randomMarker(), shells.of(host))
    requireShort(fenced.line)
    const { reported, onReport } = awaitReport(shells, host)
    const run: Run = { reported, number: ++this.#started, wasAlone: this.#runs.size === 0 }
    this.#runs.add(run)
    const { stdin } = request
    try {
      return await runFenced(this.#life, fenced, { stdin, sink, onReport, end: () => this.#end(run) }, signal)
    } finally {
      this.#runs.delete(run)
    }
  }

  ping(signal: AbortSignal): Promise<number> {
    const { closed, monotonic } = this.#parts
    return ping({ life: this.#life, closed, monotonic }, signal)
  }

  sftp(signal: AbortSignal): Promise<SftpChannel> {
    return openSftp(this.#life, (line, stdin, within) => runPlain(this.#life, line, stdin, within), signal)
  }

  close(): Promise<void> {
    return endWithin(this.#parts, this.closed)
  }

  #learnShell(signal: AbortSignal): Promise<LoginShell> {
    // Bound by its own time, not by one caller's signal: other callers may be waiting for the same answer.
    const ask = () => runPlain(this.#life, loginShellProbe, '', AbortSignal.timeout(probeSeconds * 1000))
    return abortable(this.#parts.shells.learn(this.#parts.host, ask), signal, cancelled)
  }

  /** Ends a command of ours: over this connection, and where that opens no channel over another one. Never throws. */
  async #end(run: Run): Promise<RemoteProcess> {
    const beside = [...this.#runs].filter((other) => other !== run)
    // A command beside it whose report is still under way would look like a stray of this one.
    const [pid, ...reports] = await Promise.all([run, ...beside].map(({ reported }) => atMost(reported, reportMs)))
    if (pid === undefined) return 'unknown'
    const signal = AbortSignal.timeout(endMs)
    const others = reports.filter((other) => other !== undefined)
    const ranAlone = run.wasAlone && run.number === this.#started
    const marker = randomMarker()
    const line = (sameConnection: boolean) => endLine({ pid, others, ranAlone, sameConnection }, marker)
    try {
      return endVerdict(await runPlain(this.#life, line(true), endScript, signal), marker)
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
}
