import type { Pipeline } from '@sshmcp/pipeline'

/** Calls on their way, so that stopping can wait until their outcomes are written. */
export class RunningCalls {
  readonly #running = new Map<Promise<unknown>, AbortController>()
  readonly #onError: (error: unknown) => void
  #isCancelling = false

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  /** The same pipeline, each call remembered until it has ended. */
  watched<S>(pipeline: Pipeline<S>): Pipeline<S> {
    return {
      tools: pipeline.tools,
      call: (request) => {
        // Not AbortSignal.any: on Node 20 a signal that lives as long as the server keeps something of each call.
        const own = new AbortController()
        const abort = (): void => own.abort(request.signal.reason)
        request.signal.addEventListener('abort', abort, { once: true })
        if (request.signal.aborted || this.#isCancelling) abort()
        const call = pipeline.call({ ...request, signal: own.signal })
        this.#running.set(call, own)
        call
          .finally(() => {
            this.#running.delete(call)
            request.signal.removeEventListener('abort', abort)
          })
          .catch(this.#onError)
        return call
      },
    }
  }

  /** Cancels those that run and those that still come; each gets its reply and its record all the same. */
  cancel(): void {
    this.#isCancelling = true
    for (const call of this.#running.values()) call.abort()
  }

  /** Resolves when all have ended, or after so long. */
  async settled(patienceMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs)
    })
    await Promise.race([Promise.allSettled(this.#running.keys()), patience])
    clearTimeout(timer)
  }
}
