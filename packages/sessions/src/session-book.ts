import { type Host, isSshMcpError } from '@sshmcp/kernel'
import type { ConnectionFacts, SshConnection } from '@sshmcp/transport'
import { sessionErrors } from './errors.ts'
import { HostLink } from './host-link.ts'
import type { OpenOptions, SessionView } from './owned-hosts.ts'
import type { SessionsDeps } from './sessions-deps.ts'

interface Entry {
  readonly sessionId: string
  readonly link: HostLink
  readonly facts: ConnectionFacts
  readonly connection: SshConnection
  readonly openedAt: number
}

/** The `ssh_connect` sessions of one identity. */
export class SessionBook {
  readonly #deps: SessionsDeps
  readonly #entries = new Map<string, Entry>()
  /** Being opened: they count, or ten calls at once would pass the limit. */
  #opening = 0

  constructor(deps: SessionsDeps) {
    this.#deps = deps
  }

  /** @throws SESSION_LIMIT; any TRANSPORT_ code that says why there is no connection */
  async open(host: Host, options: OpenOptions): Promise<SessionView> {
    const most = this.#deps.limits.maxSessions
    if (this.#entries.size + this.#opening >= most) {
      throw sessionErrors.error('SESSION_LIMIT', { message: `${most} sessions are open, which is the limit.` })
    }
    this.#opening++
    try {
      return await this.#open(host, options)
    } finally {
      this.#opening--
    }
  }

  /** The session's own way to the host. @throws SESSION_UNKNOWN, SESSION_OTHER_HOST */
  linkTo(sessionId: string, host: Host): HostLink {
    const { link } = this.#find(sessionId)
    if (link.host.hostId !== host.hostId) {
      throw sessionErrors.error('SESSION_OTHER_HOST', {
        message: `The session is connected to ${link.host.hostId}, not to ${host.hostId}.`,
        field: 'session_id',
      })
    }
    return link
  }

  views(): readonly SessionView[] {
    return [...this.#entries.values()].map((entry) => this.#view(entry, 'connected'))
  }

  /** @throws SESSION_UNKNOWN */
  view(sessionId: string): SessionView {
    return this.#view(this.#find(sessionId), 'connected')
  }

  /** @throws SESSION_UNKNOWN */
  async close(sessionId: string): Promise<SessionView> {
    const entry = this.#entries.get(sessionId) ?? this.#find(sessionId)
    this.#entries.delete(sessionId)
    await entry.link.close()
    return this.#view(entry, 'disconnected')
  }

  /** @throws SESSION_UNKNOWN; the signal's reason when aborted */
  async ping(sessionId: string, signal: AbortSignal) {
    const entry = this.#find(sessionId)
    try {
      const roundTripMs = await entry.connection.ping(signal)
      return { ...this.#view(entry, 'connected'), roundTripMs }
    } catch (error) {
      if (!isSshMcpError(error) || error.code !== 'TRANSPORT_CONNECTION_DEAD') throw error
      return { ...this.#view(entry, 'disconnected'), roundTripMs: undefined }
    }
  }

  /** Closes the sessions that this certificate logged in. */
  async closeBy(certificateSerial: string): Promise<void> {
    const hit = [...this.#entries.values()].filter(({ link }) => link.isBy(certificateSerial))
    await Promise.all(hit.map(({ sessionId }) => this.close(sessionId)))
  }

  async closeAll(): Promise<void> {
    const entries = [...this.#entries.values()]
    this.#entries.clear()
    await Promise.all(entries.map(({ link }) => link.close()))
  }

  async #open(host: Host, { signal, purpose, onConnected }: OpenOptions): Promise<SessionView> {
    const { transport, clock, ids, limits } = this.#deps
    const sessionId = ids.next('ses')
    const link = new HostLink({
      host,
      transport,
      clock,
      idleSeconds: limits.sessionIdleTimeoutSeconds,
      mayReconnect: false,
      onIdle: () => {
        this.#entries.delete(sessionId)
        link.close().catch(() => {})
      },
    })
    const connection = await link.use(() => link.connection(signal, purpose))
    try {
      await onConnected?.(connection.facts)
    } catch (error) {
      await link.close()
      throw error
    }
    // A session is its connection: when that is gone, so is the session, and no other takes its place.
    connection.closed.then(() => this.#entries.delete(sessionId))
    const entry = { sessionId, link, connection, facts: connection.facts, openedAt: clock.monotonic() }
    this.#entries.set(sessionId, entry)
    return this.#view(entry, 'connected')
  }

  #find(sessionId: string): Entry {
    const entry = this.#entries.get(sessionId)
    if (entry !== undefined && !entry.link.isSpent) return entry
    if (entry !== undefined) {
      this.#entries.delete(sessionId)
      entry.link.retire().catch(() => {})
      const message = 'The certificate of the session has expired, and the session with it.'
      throw sessionErrors.error('SESSION_UNKNOWN', { message, field: 'session_id' })
    }
    throw sessionErrors.error('SESSION_UNKNOWN', { message: 'There is no such session.', field: 'session_id' })
  }

  #view({ sessionId, link, facts, openedAt }: Entry, status: SessionView['status']): SessionView {
    return {
      sessionId,
      hostId: link.host.hostId,
      status,
      idleSeconds: link.idleSeconds,
      uptimeSeconds: (this.#deps.clock.monotonic() - openedAt) / 1000,
      connection: facts,
    }
  }
}
