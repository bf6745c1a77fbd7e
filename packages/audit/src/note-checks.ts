import type { NoteVerifier } from './signed-note.ts'
import { openNoteAside } from './signed-note.ts'

/** Most signatures that are being checked at once. */
const mostAtOnce = 256

/** Signature checks that run beside the reading. */
export class NoteChecks {
  readonly #by: NoteVerifier
  readonly #running = new Set<Promise<void>>()
  #firstBad: number | undefined
  #newestGood = 0

  constructor(by: NoteVerifier) {
    this.#by = by
  }

  /** Begins to check the note that an entry holds; waits only if too many are under way. */
  async add(seq: number, note: string): Promise<void> {
    const check = openNoteAside(note, this.#by).then((text) => {
      if (text === undefined) this.#firstBad = Math.min(seq, this.#firstBad ?? seq)
      else this.#newestGood = Math.max(seq, this.#newestGood)
    })
    const tracked = check.finally(() => this.#running.delete(tracked))
    this.#running.add(tracked)
    if (this.#running.size >= mostAtOnce) await Promise.race(this.#running)
  }

  /** Waits for all; the first entry whose note nobody trusted signed, and the newest whose note is good. */
  async settle(): Promise<{ readonly firstBad: number | undefined; readonly newestGood: number }> {
    await Promise.all(this.#running)
    return { firstBad: this.#firstBad, newestGood: this.#newestGood }
  }
}
