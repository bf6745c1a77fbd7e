import type { OutputSink, OutputStream } from '@sshmcp/transport'
import { CapturedStream } from './captured-stream.ts'
import type { OutputFilter } from './output-filter.ts'

/** How much of an output is kept and shown. */
export interface OutputLimits {
  /** Most bytes of both streams together in one reply. */
  readonly outputMaxBytes: number
  /** Newest bytes of each stream that are kept for later reading. */
  readonly jobOutputMaxBytes: number
}

/** A reply's share of an output. */
export interface ShownOutput {
  readonly stdout: string
  readonly stderr: string
  readonly truncated: boolean
}

/** Both streams of one command, as they are taken in and as they are shown. */
export class CapturedOutput {
  readonly stdout: CapturedStream
  readonly stderr: CapturedStream
  readonly sink: OutputSink
  readonly #limits: OutputLimits
  #received = 0

  constructor(filter: () => OutputFilter, limits: OutputLimits, onReceived: (bytes: number) => void) {
    this.#limits = limits
    const logBytes = Math.max(limits.outputMaxBytes, limits.jobOutputMaxBytes)
    this.stdout = new CapturedStream(filter(), limits.outputMaxBytes, logBytes)
    this.stderr = new CapturedStream(filter(), limits.outputMaxBytes, logBytes)
    const write = (stream: OutputStream, bytes: Uint8Array) => {
      this[stream].write(bytes)
      this.#received += bytes.length
      onReceived(this.#received)
    }
    this.sink = { write }
  }

  end(): void {
    this.stdout.end()
    this.stderr.end()
  }

  /** Bytes held for later reading. */
  get kept(): number {
    return this.stdout.log.end - this.stdout.log.start + this.stderr.log.end - this.stderr.log.start
  }

  get cleaned(): number {
    return this.stdout.cleaned + this.stderr.cleaned
  }

  get redactions(): Readonly<Record<string, number>> {
    const sum: Record<string, number> = { ...this.stdout.findings }
    for (const [rule, count] of Object.entries(this.stderr.findings)) sum[rule] = (sum[rule] ?? 0) + count
    return sum
  }

  /** Both streams within the limit: what one does not need, the other may have. */
  shown(): ShownOutput {
    const most = this.#limits.outputMaxBytes
    const half = Math.floor(most / 2)
    const [out, err] = [this.stdout.log.end, this.stderr.log.end]
    const stdout = this.stdout.within(Math.max(half, most - err))
    const stderr = this.stderr.within(Math.max(half, most - out))
    return { stdout: stdout.text, stderr: stderr.text, truncated: !(stdout.isWhole && stderr.isWhole) }
  }
}
