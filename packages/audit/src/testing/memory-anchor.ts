import type { Anchor, AnchoredNote } from '../anchor.ts'
import { auditErrors } from '../errors.ts'

/** An `Anchor` in memory, which is away when told. */
export class MemoryAnchor implements Anchor {
  readonly name = 'memory'
  readonly notes = new Map<number, string>()
  isAway = false

  async sizes(): Promise<readonly number[]> {
    this.#mustBeThere()
    return [...this.notes.keys()].sort((a, b) => a - b)
  }

  async read(size: number): Promise<AnchoredNote | undefined> {
    this.#mustBeThere()
    const note = this.notes.get(size)
    return note === undefined ? undefined : { note, time: '2026-01-01T00:00:00.000Z' }
  }

  async publish(size: number, note: string): Promise<void> {
    this.#mustBeThere()
    if ((this.notes.get(size) ?? note) !== note) {
      throw auditErrors.error('AUDIT_ANCHOR_CONFLICT', { message: `There is another checkpoint over ${size} entries.` })
    }
    this.notes.set(size, note)
  }

  #mustBeThere(): void {
    if (this.isAway) throw new Error('the anchor is away')
  }
}
