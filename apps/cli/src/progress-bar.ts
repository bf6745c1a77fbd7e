import type { Terminal } from './terminal.ts'

/** Shorter work is over before anybody looks. */
const leastBytes = 8 * 1024 * 1024
const width = 30

/** A bar on stderr for work that is counted in bytes; undefined in a pipe, where it would be litter. */
export function progressBar({ isInteractive, complain }: Pick<Terminal, 'isInteractive' | 'complain'>) {
  if (!isInteractive) return undefined
  let shown = -1
  const show = (doneBytes: number, allBytes: number): void => {
    const percent = Math.floor((100 * doneBytes) / Math.max(1, allBytes))
    if (allBytes < leastBytes || percent === shown) return
    shown = percent
    const filled = Math.round((width * percent) / 100)
    complain(`\r${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(percent).padStart(3)} %`)
  }
  /** Leaves the line as if nothing had been there. */
  const end = (): void => {
    if (shown >= 0) complain(`\r${' '.repeat(width + 7)}\r`)
  }
  return { show, end }
}
