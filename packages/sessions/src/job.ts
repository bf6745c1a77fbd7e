import { type Clock, type Host, isSshMcpError } from '@sshmcp/kernel'
import type { RemoteProcess } from '@sshmcp/transport'
import type { CapturedOutput } from './captured-output.ts'
import type { CallEnd } from './host-call.ts'
import { decodeCursor, encodeCursor } from './job-cursor.ts'
import type { JobOutput, JobStatus, JobView } from './owned-hosts.ts'

interface Ended {
  readonly status: Exclude<JobStatus, 'running'>
  readonly at: number
  readonly exitCode: number | null
  readonly signal: string | null
  readonly remoteProcess: RemoteProcess | undefined
  readonly failure: { readonly code: string; readonly message: string } | undefined
}

export interface JobParts {
  readonly jobId: string
  readonly host: Host
  readonly templateId: string
  readonly output: CapturedOutput
  readonly clock: Clock
}

/** A command whose output outlives the reply: what it was, how it ended, and what it printed. */
export class Job {
  readonly #parts: JobParts
  readonly #startedAt: number
  readonly #started: number
  #ended: Ended | undefined
  #why: 'cancelled' | 'expired' | undefined
  #listeners: (() => void)[] = []

  constructor(parts: JobParts) {
    this.#parts = parts
    this.#startedAt = parts.clock.now()
    this.#started = parts.clock.monotonic()
  }

  get jobId(): string {
    return this.#parts.jobId
  }

  get isRunning(): boolean {
    return this.#ended === undefined
  }

  get keptBytes(): number {
    return this.#parts.output.kept
  }

  /** Seconds since it ended; 0 while it runs. */
  get endedSeconds(): number {
    return this.#ended === undefined ? 0 : (this.#parts.clock.monotonic() - this.#ended.at) / 1000
  }

  /** Says why it will be ended; the first reason counts. */
  willEnd(why: 'cancelled' | 'expired'): void {
    this.#why ??= why
  }

  finish(end: CallEnd): void {
    const status =
      end.remoteProcess === undefined ? 'completed' : (this.#why ?? (end.timedOut ? 'expired' : 'cancelled'))
    const { exitCode, signal, remoteProcess } = end
    this.#end({ status, exitCode, signal, remoteProcess, failure: undefined })
  }

  /** It could not be run, or nobody knows how it ended. */
  fail(error: unknown): void {
    const failure = isSshMcpError(error)
      ? { code: error.code, message: error.message }
      : { code: 'INTERNAL', message: 'The job failed for a reason of our own.' }
    this.#end({ status: 'failed', exitCode: null, signal: null, remoteProcess: undefined, failure })
  }

  view(): JobView {
    const { jobId, host, templateId, clock } = this.#parts
    const ended = this.#ended
    return {
      jobId,
      hostId: host.hostId,
      templateId,
      status: ended?.status ?? 'running',
      startedAt: this.#startedAt,
      runningSeconds: Math.max(0, ((ended?.at ?? clock.monotonic()) - this.#started) / 1000),
      exitCode: ended?.exitCode ?? null,
      signal: ended?.signal ?? null,
      ...(ended?.remoteProcess === undefined ? {} : { remoteProcess: ended.remoteProcess }),
      ...(ended?.failure === undefined ? {} : { failure: ended.failure }),
    }
  }

  /**
   * The job with what follows the cursor, both streams together within `maxBytes`.
   *
   * @throws JOB_CURSOR_INVALID
   */
  outputFrom(cursor: string, maxBytes: number): JobOutput {
    const { stdout, stderr } = this.#parts.output
    const from = decodeCursor(cursor, { stdout: stdout.log, stderr: stderr.log })
    const half = Math.floor(maxBytes / 2)
    const waiting = Math.min(half, stderr.log.end - Math.max(from.stderr, stderr.log.start))
    const out = stdout.log.read(from.stdout, maxBytes - Math.max(0, waiting))
    const err = stderr.log.read(from.stderr, maxBytes - Buffer.byteLength(out.text))
    return {
      ...this.view(),
      stdout: out.text,
      stderr: err.text,
      nextCursor: encodeCursor({ stdout: out.next, stderr: err.next }),
      droppedBytes: out.dropped + err.dropped,
    }
  }

  /** Output has come. */
  notify(): void {
    const listeners = this.#listeners
    this.#listeners = []
    for (const listener of listeners) listener()
  }

  /** True when there is nothing to tell after the cursor yet. @throws JOB_CURSOR_INVALID */
  isQuiet(cursor: string): boolean {
    const { stdout, stderr } = this.#parts.output
    const from = decodeCursor(cursor, { stdout: stdout.log, stderr: stderr.log })
    return this.isRunning && from.stdout >= stdout.log.end && from.stderr >= stderr.log.end
  }

  /** Resolves at the next output or the end, at the latest after so many seconds; rejects when aborted. */
  news(seconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        finish()
      }
      const onAbort = () => settle(() => reject(signal.reason))
      const timer = setTimeout(() => settle(resolve), seconds * 1000)
      if (signal.aborted) return onAbort()
      signal.addEventListener('abort', onAbort, { once: true })
      this.#listeners.push(() => settle(resolve))
    })
  }

  #end(ended: Omit<Ended, 'at'>): void {
    this.#ended ??= { ...ended, at: this.#parts.clock.monotonic() }
    this.notify()
  }
}
