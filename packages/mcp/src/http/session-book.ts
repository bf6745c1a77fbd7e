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
   * Whether one more may be opened. Editors go away without a word: the identity's longest idle session makes place for
   * its next one.
   */
  async makeRoom(owner: UserId): Promise<boolean> {
    const own = [...this.#sessions].filter(([, session]) => session.owner === owner)
    if (own.length >= this.#limits.perIdentity) {
      const [oldest] = own.filter(([, session]) => !session.isInUse).toSorted(([, a], [, b]) => b.idleMs - a.idleMs)
      if (oldest === undefined) return false
      await this.#end(oldest)
    }
    return this.#sessions.size < this.#limits.total
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
