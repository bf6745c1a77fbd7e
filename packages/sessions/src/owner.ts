import { type Host, runsOneCommand } from '@sshmcp/kernel'
import type { SftpChannel } from '@sshmcp/transport'
import { CapturedOutput } from './captured-output.ts'
import { sessionErrors } from './errors.ts'
import { workOnFiles } from './file-work.ts'
import { type CallEnd, callHost } from './host-call.ts'
import { HostLink } from './host-link.ts'
import { JobBook } from './job-book.ts'
import type {
  Command,
  ExecOptions,
  ExecOutcome,
  JobOutput,
  JobView,
  OpenOptions,
  OwnedHosts,
  PollOptions,
  SessionView,
  SftpOptions,
  StartJobOptions,
} from './owned-hosts.ts'
import { SessionBook } from './session-book.ts'
import type { SessionsDeps } from './sessions-deps.ts'

/** What is open at one moment. */
export interface Load {
  /** Connections to hosts, pooled ones and those of sessions. */
  readonly connections: number
  readonly runningJobs: number
}

/** Everything of one identity: its links, its sessions, its jobs. */
export class Owner implements OwnedHosts {
  readonly #deps: SessionsDeps
  readonly #isClosed: () => boolean
  readonly #links = new Map<string, HostLink>()
  /** Those of one call each. */
  readonly #own = new Set<HostLink>()
  readonly #jobs: JobBook
  readonly #sessions: SessionBook
  readonly #running = new Set<Promise<unknown>>()
  #closing = new AbortController()

  constructor(deps: SessionsDeps, isClosed: () => boolean) {
    this.#deps = deps
    this.#isClosed = isClosed
    this.#jobs = new JobBook(deps)
    this.#sessions = new SessionBook(deps)
  }

  async exec(host: Host, command: Command, options: ExecOptions): Promise<ExecOutcome> {
    this.#requireOpen()
    const output = this.#capture((bytes) => options.onProgress?.(bytes))
    const end = await this.#track(this.#over(host, options, (link) => this.#call(link, output, command, options)))
    const shown = output.shown()
    const isKept = shown.truncated || end.timedOut
    const jobId = isKept ? this.#jobs.keep(host, command.templateId ?? '', output, end) : undefined
    return {
      ...outcomeOf(end),
      ...shown,
      redactions: output.redactions,
      cleaned: output.cleaned,
      ...(jobId === undefined ? {} : { jobId }),
    }
  }

  async sftp<T>(
    host: Host,
    options: SftpOptions,
    work: (channel: SftpChannel, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    this.#requireOpen()
    const closing = this.#closing.signal
    return this.#track(this.#over(host, options, (link) => workOnFiles({ link, closing }, options, work)))
  }

  async startJob(host: Host, command: Command, options: StartJobOptions): Promise<JobView> {
    this.#requireOpen()
    const job = this.#jobs.open(host, command.templateId ?? '', (notify) => this.#capture(notify))
    const bound = { ...command, timeoutSeconds: this.#deps.limits.jobTtlSeconds }
    return this.#jobs.start(job, options, (signal, onConnected) =>
      this.#track(
        this.#over(host, options, (link) => this.#call(link, job.output, bound, { ...options, signal, onConnected })),
      ),
    )
  }

  pollJob(jobId: string, options: PollOptions): Promise<JobOutput> {
    return this.#jobs.poll(jobId, options)
  }

  jobs(): readonly JobView[] {
    return this.#jobs.views()
  }

  cancelJob(jobId: string): Promise<JobView> {
    return this.#jobs.cancel(jobId)
  }

  async openSession(host: Host, options: OpenOptions): Promise<SessionView> {
    this.#requireOpen()
    const signal = AbortSignal.any([options.signal, this.#closing.signal])
    return this.#sessions.open(host, { ...options, signal })
  }

  sessions(): readonly SessionView[] {
    return this.#sessions.views()
  }

  session(sessionId: string): SessionView {
    return this.#sessions.view(sessionId)
  }

  closeSession(sessionId: string): Promise<SessionView> {
    return this.#sessions.close(sessionId)
  }

  pingSession(sessionId: string, signal: AbortSignal) {
    return this.#sessions.ping(sessionId, signal)
  }

  load(): Load {
    const calls = [...this.#links.values(), ...this.#own].filter((link) => link.isConnected).length
    return { connections: calls + this.#sessions.views().length, runningJobs: this.#jobs.running }
  }

  /** Closes what this certificate logged in, at once: what runs over it is lost. */
  async closeBy(certificateSerial: string): Promise<void> {
    const hit = [...this.#links.values(), ...this.#own].filter((link) => link.isBy(certificateSerial))
    await Promise.all([...hit.map((link) => link.close()), this.#sessions.closeBy(certificateSerial)])
  }

  async closeAll(): Promise<void> {
    const closing = this.#closing
    this.#closing = new AbortController()
    this.#jobs.willCancelAll()
    closing.abort()
    await Promise.allSettled([...this.#running])
    const links = [...this.#links.values()]
    this.#links.clear()
    await Promise.all([...links.map((link) => link.close()), this.#sessions.closeAll()])
  }

  #call(link: HostLink, output: CapturedOutput, command: Command, options: ExecOptions): Promise<CallEnd> {
    return callHost({ link, output, clock: this.#deps.clock, closing: this.#closing.signal }, command, options)
  }

  #capture(onReceived: (bytes: number) => void): CapturedOutput {
    return new CapturedOutput(this.#deps.outputFilter, this.#deps.limits, onReceived)
  }

  /** Works over the session's link, one of the call's own, or the pooled one. */
  async #over<T>(
    host: Host,
    { sessionId, purpose }: Pick<ExecOptions, 'sessionId' | 'purpose'>,
    work: (link: HostLink) => Promise<T>,
  ): Promise<T> {
    if (sessionId) return work(this.#sessions.linkTo(sessionId, host))
    // What the host's log says of a connection is to name the approval that is spent over it.
    const namesApproval = host.certificate !== undefined && purpose?.approvalId !== undefined
    if (!namesApproval && !runsOneCommand(host)) return work(this.#linkTo(host))
    const own = this.#newLink(host, () => {})
    this.#own.add(own)
    try {
      return await work(own)
    } finally {
      this.#own.delete(own)
      await own.close()
    }
  }

  #linkTo(host: Host): HostLink {
    const key = linkKey(host)
    const known = this.#links.get(key)
    if (known !== undefined && !known.isSpent) return known
    // What still runs over it goes on; nothing new begins.
    known?.retire().catch(() => {})
    const link = this.#newLink(host, () => {
      if (this.#links.get(key) === link) this.#links.delete(key)
      link.close().catch(() => {})
    })
    this.#links.set(key, link)
    return link
  }

  #newLink(host: Host, onIdle: () => void): HostLink {
    const { transport, clock, limits } = this.#deps
    const idleSeconds = limits.sessionIdleTimeoutSeconds
    return new HostLink({ host, transport, clock, idleSeconds, mayReconnect: true, onIdle })
  }

  #requireOpen(): void {
    if (this.#isClosed()) {
      throw sessionErrors.error('SESSION_CLOSED', { message: 'The server is stopping. Nothing was run.' })
    }
  }

  /** Remembers what runs, so that closing can wait until each process on a host was ended and checked. */
  #track<T>(call: Promise<T>): Promise<T> {
    this.#running.add(call)
    call.then(
      () => this.#running.delete(call),
      () => this.#running.delete(call),
    )
    return call
  }
}

/** Whatever decides where a connection goes and as whom: a host that was changed in hosts.json gets a new one. */
function linkKey(host: Host): string {
  const { hostId, hostname, port, sshUser, identityFile, hostKeyFingerprints, proxyJump, certificate } = host
  return JSON.stringify([hostId, hostname, port, sshUser, identityFile, hostKeyFingerprints, proxyJump, certificate])
}

function outcomeOf({
  remoteProcess,
  ...end
}: CallEnd): Omit<CallEnd, 'remoteProcess'> & Pick<ExecOutcome, 'remoteProcess'> {
  return remoteProcess === undefined ? end : { ...end, remoteProcess }
}
