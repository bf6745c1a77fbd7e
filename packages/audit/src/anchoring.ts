import { type Anchor, publishNewest } from './anchor.ts'
import type { AuditSource } from './audit-store.ts'

/** Copies checkpoints in the background. */
export interface Anchoring {
  /** The error of the last attempt; undefined when it went well or nothing was tried yet. */
  readonly problem: Error | undefined
  /** Copies now what is not yet copied. @throws what the anchor throws */
  flush(): Promise<void>
  /** Copies a last time, then stops. A failure is left in `problem`: the next start tries again. */
  close(): Promise<void>
}

/** What an `Anchoring` is made of. */
export interface AnchoringDeps {
  readonly source: AuditSource
  readonly anchor: Anchor
  /** Looks for a new checkpoint this often; 60 s if left out. */
  readonly everyMs?: number | undefined
}

/** Starts to copy checkpoints to an anchor: at once, then again and again. Never in the way of an entry. */
export function startAnchoring({ source, anchor, everyMs = 60_000 }: AnchoringDeps): Anchoring {
  return new BackgroundAnchoring(source, anchor, everyMs)
}

class BackgroundAnchoring implements Anchoring {
  problem: Error | undefined
  readonly #source: AuditSource
  readonly #anchor: Anchor
  readonly #timer: NodeJS.Timeout
  #running: Promise<void>

  constructor(source: AuditSource, anchor: Anchor, everyMs: number) {
    this.#source = source
    this.#anchor = anchor
    this.#running = this.#attempt()
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.#attempt())
    }, everyMs)
    this.#timer.unref()
  }

  async flush(): Promise<void> {
    this.#running = this.#running.then(() => this.#attempt())
    await this.#running
    if (this.problem !== undefined) throw this.problem
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#running = this.#running.then(() => this.#attempt())
    await this.#running
  }

  async #attempt(): Promise<void> {
    try {
      await publishNewest(this.#source, this.#anchor)
      this.problem = undefined
    } catch (error) {
      this.problem = error instanceof Error ? error : new Error(String(error))
    }
  }
}
