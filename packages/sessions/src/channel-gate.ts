/** Lets so many through at once; the others wait in the order in which they came. */
export class ChannelGate {
  #limit: number
  #inside = 0
  readonly #waiting: { readonly enter: () => void }[] = []

  constructor(limit: number) {
    this.#limit = limit
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

  /** The host allows fewer than we thought: as many as were inside beside the one that was refused. */
  narrowTo(limit: number): void {
    this.#limit = Math.max(1, Math.min(this.#limit, limit))
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
