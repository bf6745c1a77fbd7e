import type { Pipeline } from '@sshmcp/pipeline'

/** Calls on their way, so that stopping can wait until their outcomes are written. */
export class RunningCalls {
  readonly #running = new Set<Promise<unknown>>()
  readonly #cancelling = new AbortController()
  readonly #onError: (error: unknown) => void

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  /** The same pipeline, each call remembered until it has ended. */
  watched<S>(pipeline: Pipeline<S>): Pipeline<S> {
    return {
      tools: pipeline.tools,
      call: (request) => {
        const signal = AbortSignal.any([request.signal, this.#cancelling.signal])
        const call = pipeline.call({ ...request, signal })
        this.#running.add(call)
        call.then(() => this.#running.delete(call), this.#onError)
        return call
      },
    }
  }

  /** Cancels those that run and those that still come; each gets its reply and its record all the same. */
  cancel(): void {
    this.#cancelling.abort()
  }

  /** Resolves when all have ended, or after so long. */
  async settled(patienceMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs)
    })
    await Promise.race([Promise.allSettled(this.#running), patience])
    clearTimeout(timer)
  }
}
