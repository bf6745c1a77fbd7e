import type { UserId } from '@sshmcp/kernel'
import type { McpSession } from './mcp-session.ts'

export interface SessionLimits {
  readonly perIdentity: number
  readonly total: number
  /** A session without a request or an open stream for this long is ended. */
  readonly idleMs: number
}

/** Open sessions by id. Ids are no credentials: somebody else's is as good as none. */
export class SessionBook {
  readonly #limits: SessionLimits
  readonly #sessions = new Map<string, McpSession>()
  readonly #opening = new Set<{ readonly owner: UserId }>()

  constructor(limits: SessionLimits) {
    this.#limits = limits
  }

  get size(): number {
    return this.#sessions.size
  }

  add(id: string, session: McpSession): void {
    this.#sessions.set(id, session)
  }

  delete(id: string): void {
    this.#sessions.delete(id)
  }

  /** The session, if it is this identity's. */
  find(id: string, owner: UserId): McpSession | undefined {
    const session = this.#sessions.get(id)
    return session?.owner === owner ? session : undefined
  }

  /**
   * A place for one more session, kept until it is given back: a session counts from its first byte on and not only when the
   * request that opens it has come in, or slow ones together would pass every limit. Undefined when there is none. Editors go
   * away without a word: the identity's longest idle session makes place for its next one.
   */
  async place(owner: UserId): Promise<{ giveBack(): void } | undefined> {
    const own = [...this.#sessions].filter(([, session]) => session.owner === owner)
    const opening = [...this.#opening].filter((place) => place.owner === owner)
    const isFull = own.length + opening.length >= this.#limits.perIdentity
    const [oldest] = isFull ? own.filter(([, session]) => !session.isInUse).toSorted(byIdleness) : []
    if (isFull && oldest === undefined) return undefined
    const others = this.#sessions.size + this.#opening.size - (oldest === undefined ? 0 : 1)
    if (others >= this.#limits.total) return undefined
    const place = { owner, giveBack: () => void this.#opening.delete(place) }
    this.#opening.add(place)
    try {
      if (oldest !== undefined) await this.#end(oldest)
      return place
    } catch (error) {
      place.giveBack()
      throw error
    }
  }

  async endIdle(): Promise<void> {
    await this.endWhere((session) => session.idleMs >= this.#limits.idleMs)
  }

  async endWhere(matches: (session: McpSession) => boolean): Promise<void> {
    await Promise.all([...this.#sessions].filter(([, session]) => matches(session)).map((entry) => this.#end(entry)))
  }

  async #end([id, session]: [string, McpSession]): Promise<void> {
    this.#sessions.delete(id)
    await session.close()
  }
}

/** The longest idle first. */
function byIdleness([, a]: [string, McpSession], [, b]: [string, McpSession]): number {
  return b.idleMs - a.idleMs
}
