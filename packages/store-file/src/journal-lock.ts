import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@sshmcp/kernel'
import { storeErrors } from './errors.ts'
import { type Attempt, attempt, claim, isWanted, type LockFile, type LockFolder, release } from './generation-lock.ts'
import { isGone, pidOf } from './process-identity.ts'

/** How a `JournalLock` waits. */
export interface JournalLockDeps {
  readonly folder: LockFolder
  readonly identity: string
  readonly clock: Clock
  /** After this long somebody is told who holds it. */
  readonly patienceMs: number
}

/** How long the lock is kept when nobody else asks for it: entries often come one after the other. */
const lingerMs = 3

/**
 * The lock between processes: one holder at a time, whoever crashes. Not for two uses at once within one object.
 *
 * Taking it costs more than a flush. So whoever leaves it keeps it for a few milliseconds, unless somebody asked for it.
 */
export class JournalLock {
  readonly #deps: JournalLockDeps
  #file: LockFile | undefined
  #linger: NodeJS.Timeout | undefined
  /** Our newest generation, once released: if nobody came since, the next number is ours without a look around. */
  #latest: number | undefined

  constructor(deps: JournalLockDeps) {
    this.#deps = deps
  }

  /** Waits for the lock. @throws STORE_LOCKED naming the holder */
  async acquire(): Promise<void> {
    clearTimeout(this.#linger)
    if (this.#file !== undefined && !isWanted(this.#file)) return
    this.release()
    const start = this.#deps.clock.monotonic()
    for (let turn = 0; ; turn++) {
      const got = this.#tryOnce()
      if (got.outcome === 'held') return
      if (this.#deps.clock.monotonic() - start > this.#deps.patienceMs) throw this.#tooLong(got)
      if (got.outcome === 'busy') await sleep(1 + Math.min(turn, 6) * (turn % 3))
    }
  }

  /**
   * Gives the lock back: now if somebody waits for it, else soon. Never throws: what was done under the lock stays done,
   * and a lock that cannot be given back is still ours, so the next `acquire` meets the same error and can tell somebody.
   */
  leave(): void {
    try {
      if (this.#file === undefined) return
      if (isWanted(this.#file)) this.release()
      else this.#linger = setTimeout(() => this.#releaseLate(), lingerMs)
      this.#linger?.unref()
    } catch {
      clearTimeout(this.#linger)
    }
  }

  /** Gives the lock back now. */
  release(): void {
    clearTimeout(this.#linger)
    if (this.#file === undefined) return
    release(this.#file)
    this.#file = undefined
  }

  #releaseLate(): void {
    try {
      this.release()
    } catch {
      // As in `leave`.
    }
  }

  #tryOnce(): Attempt {
    const { folder, identity } = this.#deps
    const latest = this.#latest
    this.#latest = undefined
    const got = run(latest === undefined ? attempt(folder, identity, isGone) : claim(folder, identity, latest + 1))
    if (got.outcome === 'held') {
      this.#file = got.file
      this.#latest = got.generation
    }
    return got
  }

  #tooLong(got: Attempt): Error {
    const pid = got.outcome === 'busy' ? pidOf(got.holder) : undefined
    const who = pid === undefined ? 'other processes' : `process ${pid}`
    return storeErrors.error('STORE_LOCKED', {
      message: `The journal has been held by ${who} for more than ${Math.round(this.#deps.patienceMs / 1000)} s.`,
    })
  }
}

function run(steps: Generator<void, Attempt>): Attempt {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
