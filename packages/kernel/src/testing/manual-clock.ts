import type { Clock } from '../clock.ts'

/** A clock that moves when told. Starts at 2026-01-01T00:00:00Z. */
export class ManualClock implements Clock {
  #elapsed = 0
  readonly #start: number

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#start = start
  }

  now(): number {
    return this.#start + this.#elapsed
  }

  monotonic(): number {
    return this.#elapsed
  }

  advance(milliseconds: number): void {
    this.#elapsed += milliseconds
  }
}
