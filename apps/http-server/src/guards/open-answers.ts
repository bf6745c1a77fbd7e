import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './client-address.ts'

/** Requests that were taken and whose answer is not at the client yet, so that stopping can wait for them. */
export class OpenAnswers {
  readonly #open = new Set<symbol>()
  readonly #waiting = new Set<() => void>()

  /** Remembers each request until its answer is sent to the end, or its client is gone. Streams of news never end and do not count. */
  readonly counted: MiddlewareHandler<AppEnv> = async (context, next) => {
    if (context.req.method === 'GET' && context.req.path === '/mcp') return next()
    const request = Symbol(context.req.path)
    this.#open.add(request)
    const over = (): void => this.#over(request)
    try {
      await next()
    } finally {
      const outgoing = context.env?.outgoing
      if (outgoing === undefined || outgoing.closed) over()
      else outgoing.once('close', over)
    }
  }

  /** Resolves when there are none, or after so long. */
  async settled(patienceMs: number): Promise<void> {
    if (this.#open.size === 0) return
    let none = (): void => undefined
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      none = resolve
      this.#waiting.add(none)
      timer = setTimeout(resolve, patienceMs)
    })
    clearTimeout(timer)
    this.#waiting.delete(none)
  }

  #over(request: symbol): void {
    this.#open.delete(request)
    if (this.#open.size > 0) return
    for (const none of this.#waiting) none()
  }
}
