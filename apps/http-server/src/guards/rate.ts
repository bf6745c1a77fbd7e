import type { Clock } from '@sshmcp/kernel'

const windowMs = 60_000
/** A flood of invented addresses must not fill the memory; forgetting early only forgives. */
const mostKeys = 10_000

/** Counts per minute and key. */
export class Rate {
  readonly #most: number
  readonly #clock: Clock
  readonly #windows = new Map<string, { readonly start: number; count: number }>()

  constructor(most: number, clock: Clock) {
    this.#most = most
    this.#clock = clock
  }

  count(key: string): void {
    const window = this.#window(key)
    if (window !== undefined) {
      window.count++
      return
    }
    if (this.#windows.size >= mostKeys) this.#windows.clear()
    this.#windows.set(key, { start: this.#clock.monotonic(), count: 1 })
  }

  /** Seconds to wait; 0 when there is nothing to wait for. */
  waitFor(key: string): number {
    const window = this.#window(key)
    if (window === undefined || window.count < this.#most) return 0
    return Math.max(1, Math.ceil((window.start + windowMs - this.#clock.monotonic()) / 1000))
  }

  #window(key: string) {
    const window = this.#windows.get(key)
    return window !== undefined && this.#clock.monotonic() - window.start < windowMs ? window : undefined
  }
}
