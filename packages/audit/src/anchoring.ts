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
  /** Told once when copying begins to fail, and again only after it went well in between. */
  readonly onProblem?: ((problem: Error) => void) | undefined
}

/** Starts to copy checkpoints to an anchor: at once, then again and again. Never in the way of an entry. */
export function startAnchoring(deps: AnchoringDeps): Anchoring {
  return new BackgroundAnchoring(deps)
}

class BackgroundAnchoring implements Anchoring {
  problem: Error | undefined
  readonly #deps: AnchoringDeps
  readonly #timer: NodeJS.Timeout
  #running: Promise<void>

  constructor(deps: AnchoringDeps) {
    this.#deps = deps
    this.#running = this.#attempt()
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.#attempt())
    }, deps.everyMs ?? 60_000)
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
      await publishNewest(this.#deps.source, this.#deps.anchor)
      this.problem = undefined
    } catch (error) {
      const isNew = this.problem === undefined
      this.problem = error instanceof Error ? error : new Error(String(error))
      if (isNew) this.#deps.onProblem?.(this.problem)
    }
  }
}
