import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@sshmcp/kernel'
import { storeErrors } from './errors.ts'
import {
  type Attempt,
  attempt,
  claim,
  isHeld,
  isWanted,
  type LockFile,
  type LockFolder,
  release,
} from './generation-lock.ts'
import { isGone, pidOf } from './process-identity.ts'

/** How a `JournalLock` waits. */
export interface JournalLockDeps {
  readonly folder: LockFolder
  readonly identity: string
  readonly clock: Clock
  /** After this long somebody is told who holds it. */
  readonly patienceMs: number
}

/** How long the lock is kept when nobody else asks for it: the two entries of a call are some milliseconds apart. */
const lingerMs = 30
/** How often it is looked meanwhile whether somebody asks. */
const askedMs = 5
/** How long it is kept at most when somebody asks, as long as there is more to be done under it. */
const turnMs = 10
/** How often whoever waits looks whether it is free. */
const lookMs = 2
/** After so many looks everything is asked anew. */
const looks = 12

/**
 * The lock between processes: one holder at a time, whoever crashes. Not for two uses at once within one object.
 *
 * Taking it costs more than a flush. So whoever leaves it keeps it for a while; when somebody asks for it, only if the
 * next use follows at once, and no longer than one turn. Whoever gave way lets others go first.
 */
export class JournalLock {
  readonly #deps: JournalLockDeps
  #file: LockFile | undefined
  #heldSince = 0
  #gaveWayAt = Number.NEGATIVE_INFINITY
  /** Calls off the release that is to come. */
  #stay = (): void => {}
  /** Our newest generation, once released: if nobody came since, the next number is ours without a look around. */
  #latest: number | undefined

  constructor(deps: JournalLockDeps) {
    this.#deps = deps
  }

  /** Waits for the lock. @throws STORE_LOCKED naming the holder */
  async acquire(): Promise<void> {
    this.#stay()
    if (this.#file !== undefined) {
      if (!isWanted(this.#file) || !this.#isTurnOver()) return
      this.#giveWay()
    }
    const start = this.#now()
    if (start - this.#gaveWayAt < lookMs) await sleep(lookMs)
    let got = this.#again()
    while (got.outcome !== 'held') {
      if (this.#now() - start > this.#deps.patienceMs) throw this.#tooLong(got)
      const freed = got.outcome === 'busy' ? await this.#freed(got.generation) : undefined
      got = freed === undefined ? this.#anew() : this.#next(freed)
    }
  }

  /**
   * Gives the lock back, now or soon. Never throws: what was done under the lock stays done, and a lock that cannot be
   * given back is still ours, so the next `acquire` meets the same error and can tell somebody.
   */
  leave(): void {
    this.#quietly(() => {
      if (this.#file === undefined) return
      if (!isWanted(this.#file)) this.#releaseSoon()
      else if (this.#isTurnOver()) this.#giveWay()
      else this.#giveWaySoon()
    })
  }

  /** Gives the lock back now. */
  release(): void {
    this.#stay()
    if (this.#file === undefined) return
    release(this.#file)
    this.#file = undefined
  }

  #giveWay(): void {
    this.release()
    this.#latest = undefined
    this.#gaveWayAt = this.#now()
  }

  #releaseSoon(): void {
    const until = this.#now() + lingerMs
    const look = (): void => {
      if (this.#file !== undefined && isWanted(this.#file)) this.#giveWay()
      else if (this.#now() >= until) this.release()
      else wait()
    }
    const wait = (): void => {
      const timer = setTimeout(() => this.#quietly(look), askedMs).unref()
      this.#stay = () => clearTimeout(timer)
    }
    wait()
  }

  /** Whatever follows at once has come when the loop turns. Not `unref`: a loop that sleeps turns only when woken. */
  #giveWaySoon(): void {
    const turn = setImmediate(() => this.#quietly(() => this.#giveWay()))
    this.#stay = () => clearImmediate(turn)
  }

  #quietly(release: () => void): void {
    try {
      release()
    } catch {
      this.#stay()
    }
  }

  #now(): number {
    return this.#deps.clock.monotonic()
  }

  #isTurnOver(): boolean {
    return this.#now() - this.#heldSince >= turnMs
  }

  /** Waits until a generation is free. Undefined when it is held for so long that its holder may have died. */
  async #freed(generation: number): Promise<number | undefined> {
    for (let look = 0; look < looks; look++) {
      await sleep(lookMs)
      if (!isHeld(this.#deps.folder, generation)) return generation
    }
    return undefined
  }

  #anew(): Attempt {
    const { folder, identity } = this.#deps
    return this.#took(attempt(folder, identity, isGone))
  }

  /** Goes on from a generation that was just given back: whoever came after it lives. */
  #next(after: number): Attempt {
    const { folder, identity } = this.#deps
    return this.#took(attempt(folder, identity, () => false, { after }))
  }

  #again(): Attempt {
    const { folder, identity } = this.#deps
    const latest = this.#latest
    this.#latest = undefined
    return latest === undefined ? this.#anew() : this.#took(claim(folder, identity, latest + 1))
  }

  #took(steps: Generator<void, Attempt>): Attempt {
    const got = run(steps)
    if (got.outcome === 'held') {
      this.#file = got.file
      this.#latest = got.generation
      this.#heldSince = this.#now()
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
