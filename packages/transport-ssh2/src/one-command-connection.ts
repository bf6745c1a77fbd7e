import { type Host, isSshMcpError, scriptLine } from '@sshmcp/kernel'
import {
  type ConnectionEnd,
  type ConnectionFacts,
  type ExecExit,
  type ExecRequest,
  loginShellProbe,
  type OutputSink,
  type RemoteProcess,
  type SftpChannel,
  type SshConnection,
} from '@sshmcp/transport'
import { oneCommandOnly } from './certificate-login.ts'
import { type ConnectionLife, cancelled, dead } from './exec-open.ts'
import { addressOf } from './host-key-check.ts'
import { type LoginShells, probeSeconds, requireServed } from './login-shells.ts'
import type { OpenedClient } from './open-client.ts'
import { ping } from './ping.ts'
import { endArguments, endScript, endVerdict } from './process-end.ts'
import type { FencedLine, FenceReport } from './process-fence.ts'
import { randomMarker } from './random-marker.ts'
import { awaitReport, endMs, reportMs, runFenced } from './run-line.ts'
import { abortable, atMost, endWithin } from './waiting.ts'

/** What such a connection needs from the transport that made it. */
export interface OneCommandParts {
  readonly host: Host
  readonly opened: OpenedClient
  /** The line as it was authorised. */
  readonly line: string
  /** The same with its fence: what stands in the certificate. */
  readonly fenced: FencedLine
  readonly shells: LoginShells
  readonly monotonic: () => number
  /** Runs one line of ours over a connection of its own, with a certificate for exactly that line; returns what it prints. */
  readonly runApart: (line: string, what: 'shell' | 'end', signal: AbortSignal) => Promise<string>
}

/**
 * A connection whose certificate holds the one line that the host runs, whatever is asked for. sshd would run it again for
 * every channel, so one channel is opened in its life, and it ends with that.
 */
export class OneCommandConnection implements SshConnection {
  readonly facts: ConnectionFacts
  readonly closed: Promise<ConnectionEnd>
  readonly reusableUntil: number | undefined
  readonly #parts: OneCommandParts
  readonly #life: ConnectionLife
  #isSpent = false

  constructor(parts: OneCommandParts) {
    const { client, isGone, destroy, facts, closed, reusableUntil } = parts.opened
    this.#parts = parts
    this.facts = facts
    this.closed = closed
    this.reusableUntil = reusableUntil
    this.#life = { client, isGone, destroy, address: addressOf(parts.host) }
  }

  async exec(request: ExecRequest, sink: OutputSink, signal: AbortSignal): Promise<ExecExit> {
    const { host, line, fenced } = this.#parts
    if (signal.aborted) throw cancelled()
    if (request.line !== line) throw oneCommandOnly(host)
    if (this.#isSpent || this.#life.isGone()) throw dead(this.#life)
    this.#isSpent = true
    try {
      if (request.needsServedShell) requireServed(await this.#learnShell(signal), host)
      return await runFenced(this.#life, fenced, { stdin: request.stdin, sink, ...this.#watch() }, signal)
    } catch (error) {
      // No channel was opened: the one that there may be is still to come.
      if (isSshMcpError(error) && error.code === 'TRANSPORT_CHANNEL_REFUSED') this.#isSpent = false
      throw error
    } finally {
      if (this.#isSpent) this.#life.client.end()
    }
  }

  ping(signal: AbortSignal): Promise<number> {
    return ping({ life: this.#life, closed: this.closed, monotonic: this.#parts.monotonic }, signal)
  }

  async sftp(): Promise<SftpChannel> {
    throw oneCommandOnly(this.#parts.host)
  }

  async close(): Promise<void> {
    this.#isSpent = true
    await endWithin(this.#life, this.closed)
  }

  #learnShell(signal: AbortSignal) {
    const { shells, host, runApart } = this.#parts
    const ask = () => runApart(loginShellProbe, 'shell', AbortSignal.timeout(probeSeconds * 1000))
    return abortable(shells.learn(host, ask), signal, cancelled)
  }

  /** Takes the process id from the fence, and ends the process by it when that is asked for. */
  #watch(): { readonly onReport: (report: FenceReport) => void; readonly end: () => Promise<RemoteProcess> } {
    const { host, shells } = this.#parts
    const { reported, onReport } = awaitReport(shells, host)
    return {
      onReport,
      end: async () => this.#end(await atMost(reported, reportMs)),
    }
  }

  async #end(pid: string | undefined): Promise<RemoteProcess> {
    if (pid === undefined) return 'unknown'
    const marker = randomMarker()
    // sshd puts the line that was asked for into the environment of a forced command, and with it our marker.
    const words = endArguments(
      { pid, others: [], ranAlone: true, sameConnection: false, mark: this.#parts.fenced.marker },
      marker,
    )
    try {
      // The script stands in the line: on standard input it would be in nobody's certificate.
      const said = await this.#parts.runApart(scriptLine(endScript, words), 'end', AbortSignal.timeout(endMs))
      return endVerdict(said, marker)
    } catch {
      // No way to the host: what became of the process is not known, and that is the answer.
      return 'unknown'
    }
  }
}
