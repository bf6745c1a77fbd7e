import { anchorReach } from './anchor.ts'
import { isAt, type Literal } from './literal.ts'
import type { Tables } from './tables.ts'
import { hashOf, sideMasks } from './window.ts'

const blockSize = 16_384
/** What of an anchor may lie behind the block in which its literal begins, and the first four characters of that. */
const overlap = anchorReach + 4
/** Bytes before the text: an anchor's window may begin there. */
const margin = 2

/** Looks for literals from the beginning of a text to its end, a block at a time. Keeps its buffers. */
export class Search<Tag> {
  readonly #tables: Tables<Tag>
  readonly #bytes = new Uint8Array(margin + blockSize + overlap + 4)
  readonly #words = new Uint16Array(this.#bytes.buffer)
  readonly #view = new DataView(this.#bytes.buffer)
  readonly #target = this.#bytes.subarray(margin)
  readonly #encoder = new TextEncoder()
  /** Pairs to look at more closely, by their place among the words. */
  readonly #places = new Uint16Array(this.#words.length + 1)
  /** What was found in the block: where it begins, from left to right, and which literal it is. */
  #starts = new Int32Array(64)
  #found = new Int32Array(64)
  #count = 0
  /** The next of them to tell. */
  #index = 0
  #text = ''
  #to = 0
  /** Where the block begins, and the next one. */
  #from = 0
  #ahead = 0

  constructor(tables: Tables<Tag>) {
    this.#tables = tables
  }

  /** Begins anew. */
  open(text: string, from: number, to: number): void {
    this.#text = text
    this.#to = to
    this.#ahead = from
    this.#count = 0
    this.#index = 0
  }

  /** Where the next literal begins whose gate is open, at `from` or behind it; -1 when there is none. */
  next(from: number): number {
    for (;;) {
      while (this.#index < this.#count) {
        const start = this.#starts[this.#index++] ?? 0
        if (start < from) continue
        const gate = this.found?.gate
        if (gate === undefined || gate(this.#text, start)) return start
      }
      this.#ahead = Math.max(this.#ahead, from)
      if (this.#ahead >= this.#to) return -1
      this.#block()
    }
  }

  /** What {@link next} told last. */
  get found(): Literal<Tag> | undefined {
    return this.#tables.literals[this.#found[this.#index - 1] ?? 0]
  }

  #block(): void {
    this.#from = this.#ahead
    this.#ahead = Math.min(this.#to, this.#from + blockSize)
    this.#count = 0
    this.#index = 0
    this.#look(this.#sift(this.#load(Math.min(this.#to, this.#ahead + overlap))))
  }

  /** The text up to `to` as bytes. Gives how many. */
  #load(to: number): number {
    const bytes = this.#bytes
    const piece = this.#text.slice(this.#from, to)
    const { read, written } = this.#encoder.encodeInto(piece, this.#target)
    if (read !== piece.length || written !== piece.length) {
      for (let index = 0; index < piece.length; index++) bytes[margin + index] = piece.charCodeAt(index) & 127
    }
    bytes.fill(0, margin + piece.length, margin + piece.length + 4)
    return piece.length
  }

  /**
   * The pairs in whose windows a literal may have its anchor; gives how many. What a text holds next is chance, so nothing
   * here jumps because of it.
   */
  #sift(length: number): number {
    const words = this.#words
    const places = this.#places
    const { pairs } = this.#tables
    const { both, behind, before } = this.#tables.windows
    const end = (margin + length + 1) >> 1
    let candidates = 0
    for (let index = margin >> 1; index < end; index++) {
      places[candidates] = index
      candidates += pairs[words[index] ?? 0] ?? 0
    }
    const view = this.#view
    let count = 0
    for (let index = 0; index < candidates; index++) {
      const place = places[index] ?? 0
      const window = view.getUint32(2 * place - 1, true)
      const bucket =
        (both[hashOf(window & sideMasks.both)] ?? 0) |
        (behind[hashOf(window & sideMasks.behind)] ?? 0) |
        (before[hashOf(window & sideMasks.before)] ?? 0)
      places[count] = place
      count += bucket === 0 ? 0 : 1
    }
    return count
  }

  #look(count: number): void {
    const { both, behind, before } = this.#tables.windows
    for (let index = 0; index < count; index++) {
      const at = 2 * (this.#places[index] ?? 0)
      const window = this.#view.getUint32(at - 1, true)
      this.#lookInto(both[hashOf(window & sideMasks.both)] ?? 0, at)
      this.#lookInto(behind[hashOf(window & sideMasks.behind)] ?? 0, at)
      this.#lookInto(before[hashOf(window & sideMasks.before)] ?? 0, at)
    }
  }

  /** Keeps the literals of a bucket that are there, with their anchor at this byte. */
  #lookInto(bucket: number, at: number): void {
    if (bucket === 0) return
    const { starts, offsets, heads, masks, literals } = this.#tables.buckets
    const view = this.#view
    const end = starts[bucket + 1] ?? 0
    for (let index = starts[bucket] ?? 0; index < end; index++) {
      const begin = at - (offsets[index] ?? 0)
      if (begin < margin || (view.getInt32(begin, true) & (masks[index] ?? 0)) !== heads[index]) continue
      const start = this.#from + begin - margin
      const found = literals[index] ?? 0
      const literal = this.#tables.literals[found]
      if (literal !== undefined && start < this.#ahead && isAt(literal, this.#text, start)) this.#keep(start, found)
    }
  }

  /** In its place among those that were found, whatever the distances to their anchors. */
  #keep(start: number, literal: number): void {
    if (this.#count === this.#starts.length) this.#grow()
    const starts = this.#starts
    const found = this.#found
    let index = this.#count++
    for (; index > 0; index--) {
      const before = starts[index - 1] ?? 0
      const other = found[index - 1] ?? 0
      if (before < start || (before === start && other < literal)) break
      starts[index] = before
      found[index] = other
    }
    starts[index] = start
    found[index] = literal
  }

  #grow(): void {
    const [starts, found] = [this.#starts, this.#found]
    this.#starts = new Int32Array(2 * starts.length)
    this.#starts.set(starts)
    this.#found = new Int32Array(2 * found.length)
    this.#found.set(found)
  }
}
