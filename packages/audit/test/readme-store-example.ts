import { type AuditStore, type Batch, type ChainHead, ChainState } from '@sshmcp/audit'

/** A journal in the memory of one process: all that a store does with lines, except keeping them. */
export class ListStore implements AuditStore {
  readonly identity = 'the only process'
  readonly #lines = new Map<string, Buffer[]>()
  #kept: Pick<Batch, 'note' | 'description'> = {}
  #last = Promise.resolve()

  isGone = () => false
  note = async () => this.#kept.note
  description = async () => this.#kept.description
  segments = async () => [...this.#lines.keys()].map((name) => ({ name, bytes: this.#bytesOf(name).length }))
  read = async (name: string, offset: number, length: number) => this.#bytesOf(name).subarray(offset, offset + length)
  close = () => this.#last

  commit(build: (head: ChainHead) => Batch): Promise<void> {
    const section = this.#last.then(() => this.#section(build))
    this.#last = section.catch(() => {})
    return section
  }

  #section(build: (head: ChainHead) => Batch): void {
    const state = this.#replay()
    const { lines, note, description } = build(state)
    const placed = lines.map((line) => {
      // None is open at the beginning and behind a checkpoint that seals: the line begins one, named by its position.
      state.segment ??= { name: String(state.size).padStart(12, '0'), bytes: 0, since: '' }
      const { name } = state.segment
      state.extend(line)
      return { name, bytes: line.bytes }
    })
    // All of them follow, so they may be written; what is published comes after the lines.
    for (const { name, bytes } of placed) this.#lines.set(name, [...(this.#lines.get(name) ?? []), bytes])
    this.#kept = { note: note ?? this.#kept.note, description: this.#kept.description ?? description }
  }

  #replay(): ChainState {
    const state = new ChainState()
    state.published = this.#kept.note
    for (const [name, lines] of this.#lines) {
      state.segment = { name, bytes: 0, since: '' }
      for (const line of lines) state.accept(line)
      state.settle()
    }
    return state
  }

  #bytesOf(name: string): Buffer {
    return Buffer.concat((this.#lines.get(name) ?? []).flatMap((line) => [line, Buffer.from('\n')]))
  }
}
