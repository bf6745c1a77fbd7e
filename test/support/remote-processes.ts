import { readdirSync, readFileSync } from 'node:fs'

/** Ids of the processes of this machine that have the word among their arguments; zombies have none. */
export function processesWith(word: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => argumentsOf(name).includes(word))
    .map(Number)
}

function argumentsOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    // It ended while we looked.
    return []
  }
}

/** Waits until the condition holds; fails after ten seconds saying what was waited for. */
export async function eventually(what: string, holds: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (holds()) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`waited ten seconds for ${what}`)
}
