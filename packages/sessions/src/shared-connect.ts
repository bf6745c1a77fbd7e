import type { SshConnection } from '@sshmcp/transport'

/**
 * One connection that several calls wait for and share. A call that gives up waiting does not take it from the others; when
 * all have given up before it was made, the attempt is aborted.
 */
export class SharedConnect {
  readonly #abort = new AbortController()
  readonly #making: Promise<SshConnection>
  readonly #onGone: () => void
  #waiting = 0
  #made: SshConnection | undefined

  /** @param onGone called when there will be no connection (any more): the attempt failed or was aborted, or it was closed */
  constructor(connect: (signal: AbortSignal) => Promise<SshConnection>, onGone: () => void) {
    this.#onGone = onGone
    this.#making = connect(this.#abort.signal)
    this.#making.then((connection) => {
      this.#made = connection
      connection.closed.then(onGone)
      // Nobody waits any more: what came of the attempt is not wanted.
      if (this.#abort.signal.aborted) connection.close().catch(() => {})
    }, onGone)
  }

  get connection(): SshConnection | undefined {
    return this.#made
  }

  /** @throws what connecting throws; the signal's reason when aborted */
  async wait(signal: AbortSignal): Promise<SshConnection> {
    signal.throwIfAborted()
    this.#waiting++
    let onAbort = () => {}
    const aborted = new Promise<never>((_resolve, reject) => {
      onAbort = () => reject(signal.reason)
      signal.addEventListener('abort', onAbort, { once: true })
    })
    try {
      return await Promise.race([this.#making, aborted])
    } finally {
      signal.removeEventListener('abort', onAbort)
      this.#waiting--
      if (this.#waiting === 0 && this.#made === undefined) this.#stop()
    }
  }

  /** Stops the attempt, or closes what came of it. */
  async close(): Promise<void> {
    this.#stop()
    await this.#making.then(
      (connection) => connection.close(),
      () => {},
    )
  }

  #stop(): void {
    this.#onGone()
    this.#abort.abort()
  }
}
