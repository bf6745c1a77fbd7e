/** Waits; rejects with the signal's reason when it fires. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>

/** The machine's own timer. */
export const timerPause: Pause = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
  })
