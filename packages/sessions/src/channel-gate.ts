/** So many passed without a refusal before one more is let in again. */
const passesToWiden = 32

/** Lets so many through at once; the others wait in the order in which they came. */
export class ChannelGate {
  readonly #most: number
  #limit: number
  #passes = 0
  #inside = 0
  readonly #waiting: { readonly enter: () => void }[] = []

  constructor(most: number) {
    this.#most = most
    this.#limit = most
  }

  get inside(): number {
    return this.#inside
  }

  /**
   * Waits for a turn. Resolves with the function that gives the place back.
   *
   * @throws the signal's reason when aborted while waiting
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted()
    if (this.#inside >= this.#limit || this.#waiting.length > 0) await this.#turn(signal)
    else this.#inside++
    let isInside = true
    return () => {
      if (!isInside) return
      isInside = false
      this.#inside--
      this.#admit()
    }
  }

  /** One was refused: so many as were inside beside it are the limit for now. */
  narrowTo(limit: number): void {
    this.#limit = Math.max(1, Math.min(this.#limit, limit))
    this.#passes = 0
  }

  /** One went through. A refusal may have been a host that was slow to free a channel, so the limit grows back by and by. */
  passed(): void {
    if (++this.#passes < passesToWiden || this.#limit >= this.#most) return
    this.#passes = 0
    this.#limit++
    this.#admit()
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const entry = {
        enter: () => {
          signal.removeEventListener('abort', onAbort)
          this.#inside++
          resolve()
        },
      }
      const onAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1)
        reject(signal.reason)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      this.#waiting.push(entry)
    })
  }

  #admit(): void {
    while (this.#inside < this.#limit) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      next.enter()
    }
  }
}
