/** Resolves with `aborted` when the signal fires; never, when it does not. */
export function aborted(signal: AbortSignal): { readonly promise: Promise<'aborted'>; readonly stop: () => void } {
  let stop = () => {}
  const promise = new Promise<'aborted'>((resolve) => {
    const onAbort = () => resolve('aborted')
    if (signal.aborted) onAbort()
    else {
      signal.addEventListener('abort', onAbort, { once: true })
      stop = () => signal.removeEventListener('abort', onAbort)
    }
  })
  return { promise, stop }
}

/** Waits for work that takes no signal: an abort rejects at once with what `reason` makes, the work itself goes on unheard. */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal, reason: () => unknown): Promise<T> {
  const abort = aborted(signal)
  try {
    const first = await Promise.race([work.then((value) => ({ value })), abort.promise])
    if (first === 'aborted') throw reason()
    return first.value
  } finally {
    abort.stop()
  }
}

/** Ends a connection in order, and at once where the host does not let it go within a second. */
export async function endWithin({ client, destroy }: Ending, closed: Promise<unknown>): Promise<void> {
  client.end()
  const patience = setTimeout(destroy, 1_000)
  await closed
  clearTimeout(patience)
}

interface Ending {
  readonly client: { end(): unknown }
  readonly destroy: () => void
}

/** Waits for work at most so long; undefined when it took longer. */
export async function atMost<T>(work: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
