import type { Host } from '@sshmcp/kernel'
import type { ConnectionFacts } from '@sshmcp/transport'
import type { CapturedOutput } from './captured-output.ts'
import { sessionErrors } from './errors.ts'
import type { CallEnd } from './host-call.ts'
import { Job } from './job.ts'
import type { JobOutput, JobView, PollOptions, StartJobOptions } from './owned-hosts.ts'
import type { SessionsDeps } from './sessions-deps.ts'

/** Output of ended commands that one identity may have kept, all together. */
const mostKeptBytes = 32 * 1024 * 1024

/** A job that has not been started yet. */
export interface OpenJob {
  readonly job: Job
  readonly output: CapturedOutput
}

interface Entry {
  readonly job: Job
  /** Ends it; resolves when it has ended. */
  readonly stop: () => Promise<unknown>
}

type Run = (signal: AbortSignal, onConnected: (facts: ConnectionFacts) => Promise<void>) => Promise<CallEnd>

/** The jobs of one identity, oldest first. */
export class JobBook {
  readonly #deps: SessionsDeps
  readonly #entries = new Map<string, Entry>()

  constructor(deps: SessionsDeps) {
    this.#deps = deps
  }

  /** How many run. */
  get running(): number {
    return [...this.#entries.values()].filter(({ job }) => job.isRunning).length
  }

  /** @throws JOB_LIMIT */
  open(host: Host, templateId: string, capture: (notify: () => void) => CapturedOutput): OpenJob {
    this.#tidy()
    const most = this.#deps.limits.maxBackgroundJobs
    const { running } = this
    if (running >= most) {
      throw sessionErrors.error('JOB_LIMIT', {
        message: `${running} jobs are running; ${most} are allowed. Nothing was run.`,
      })
    }
    let notify = () => {}
    const output = capture(() => notify())
    const job = this.#make(host, templateId, output)
    notify = () => job.notify()
    return { job, output }
  }

  /** Runs it. Resolves once the host is connected and the command is on its way, or has already ended. */
  async start({ job }: OpenJob, options: StartJobOptions, run: Run): Promise<JobView> {
    const abort = new AbortController()
    const startup = AbortSignal.any([options.signal, abort.signal])
    let isOff = () => {}
    const off = new Promise<void>((resolve) => {
      isOff = resolve
    })
    const stopStart = () => abort.abort()
    options.signal.addEventListener('abort', stopStart, { once: true })
    const call = run(abort.signal, async (facts) => {
      startup.throwIfAborted()
      await options.onConnected?.(facts)
      startup.throwIfAborted()
      // From here on the caller's signal is the reply's alone: the job goes on.
      options.signal.removeEventListener('abort', stopStart)
      isOff()
    })
    const ended = call.then(
      (end) => job.finish(end),
      (error) => job.fail(error),
    )
    const entry: Entry = { job, stop: () => this.#stop(abort, ended) }
    this.#entries.set(job.jobId, entry)
    await Promise.race([off, call]).catch((error) => {
      this.#entries.delete(job.jobId)
      throw error
    })
    ended.then(() => options.onEnded?.(job.view()))
    return job.view()
  }

  /** Keeps a foreground command's output readable. Returns the handle. */
  keep(host: Host, templateId: string, output: CapturedOutput, end: CallEnd): string {
    const job = this.#make(host, templateId, output)
    job.finish(end)
    this.#entries.set(job.jobId, { job, stop: async () => {} })
    this.#tidy()
    return job.jobId
  }

  /** @throws JOB_UNKNOWN, JOB_CURSOR_INVALID; the signal's reason when aborted while waiting */
  async poll(jobId: string, { cursor, waitSeconds, signal }: PollOptions): Promise<JobOutput> {
    const { job } = this.#find(jobId)
    if (waitSeconds > 0 && job.isQuiet(cursor)) await job.news(waitSeconds, signal)
    return job.outputFrom(cursor, this.#deps.limits.outputMaxBytes)
  }

  views(): readonly JobView[] {
    this.#tidy()
    return [...this.#entries.values()].map(({ job }) => job.view())
  }

  /** @throws JOB_UNKNOWN */
  async cancel(jobId: string): Promise<JobView> {
    const { job, stop } = this.#find(jobId)
    if (job.isRunning) {
      job.willEnd('cancelled')
      await stop()
    }
    return job.view()
  }

  /** What runs is about to be ended with everything else. */
  willCancelAll(): void {
    for (const { job } of this.#entries.values()) job.willEnd('cancelled')
  }

  async #stop(abort: AbortController, ended: Promise<void>): Promise<void> {
    abort.abort()
    await ended
  }

  #make(host: Host, templateId: string, output: CapturedOutput): Job {
    const { clock, ids } = this.#deps
    return new Job({ jobId: ids.next('job'), host, templateId, output, clock })
  }

  #find(jobId: string): Entry {
    this.#tidy()
    const entry = this.#entries.get(jobId)
    if (entry === undefined)
      throw sessionErrors.error('JOB_UNKNOWN', { message: 'There is no such job.', field: 'job_id' })
    return entry
  }

  /** Ended ones go when their time is over, and the oldest of them when too much output is kept. */
  #tidy(): void {
    let kept = 0
    for (const { job } of [...this.#entries.values()].reverse()) {
      if (job.isRunning) continue
      kept += job.keptBytes
      const isOver = job.endedSeconds > this.#deps.limits.jobTtlSeconds
      if (isOver || kept > mostKeptBytes) this.#entries.delete(job.jobId)
    }
  }
}
