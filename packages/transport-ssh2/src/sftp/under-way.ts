import { cancelled } from './conversation.ts'

/** Counts the requests of one transfer that are not answered yet, and waits for answers where there are too many. */
export class UnderWay {
  readonly #most: number
  readonly #signal: AbortSignal
  #count = 0
  #failure: { readonly error: unknown } | undefined
  #wake = (): void => {}

  constructor(most: number, signal: AbortSignal) {
    this.#most = most
    this.#signal = signal
    signal.addEventListener('abort', this.#onChange, { once: true })
  }

  /** Counts a request until it is answered. */
  add(answer: Promise<void>): void {
    this.#count++
    answer.then(this.#onAnswer, this.#onFailure)
  }

  /** Whether the next request has to wait for {@link room}. */
  get isFull(): boolean {
    return this.#count >= this.#most
  }

  /** @throws SFTP_CANCELLED, the first failure */
  async room(): Promise<void> {
    await this.#atMost(this.#most - 1)
  }

  /** Until every request is answered. @throws SFTP_CANCELLED, the first failure */
  async none(): Promise<void> {
    await this.#atMost(0)
  }

  /** Stops listening to the signal; answers that still come are nobody's. */
  end(): void {
    this.#signal.removeEventListener('abort', this.#onChange)
  }

  async #atMost(count: number): Promise<void> {
    for (;;) {
      if (this.#signal.aborted) throw cancelled()
      if (this.#failure !== undefined) throw this.#failure.error
      if (this.#count <= count) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  readonly #onChange = (): void => this.#wake()

  readonly #onAnswer = (): void => {
    this.#count--
    this.#wake()
  }

  readonly #onFailure = (error: unknown): void => {
    this.#failure ??= { error }
    this.#onAnswer()
  }
}
