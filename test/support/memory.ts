import { readdirSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Open file descriptors of this process. */
export function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length
}

/** Watches the most memory that this process holds, in bytes, while the work runs. */
export async function peakMemory(work: () => Promise<void>): Promise<number> {
  let most = process.memoryUsage.rss()
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 20)
  try {
    await work()
  } finally {
    clearInterval(look)
  }
  return most
}

/** Bytes that this process really holds on to: what nothing refers to any more is collected first. */
export async function heldMemory(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  // Buffers are given back by finalizers, which run between two collections.
  for (let round = 0; round < 4; round++) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
