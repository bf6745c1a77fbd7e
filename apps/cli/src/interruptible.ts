import type { Terminal } from './terminal.ts'

/** Runs work that Ctrl-C cancels. */
export async function interruptible<T>(
  { onInterrupt }: Pick<Terminal, 'onInterrupt'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const cancel = new AbortController()
  const release = onInterrupt(() => cancel.abort())
  try {
    return await work(cancel.signal)
  } finally {
    release()
  }
}
