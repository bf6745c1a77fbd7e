import { anchorReach } from './anchor.ts'
import { isAt, type Literal } from './literal.ts'
import type { PlainSearch } from './plain-search.ts'
import { endOfRow, entrySize, type Tables } from './tables.ts'
import { hashOf, sideMasks } from './window.ts'

const blockSize = 8192
/** What of an anchor may lie behind the block in which its literal begins, and the first four characters of that. */
const overlap = anchorReach + 4
/** Zeros before the text: what an anchor belongs to may seem to begin there. */
const margin = anchorReach + 2

/** What is the same for all searches of one prefilter. */
export interface SearchSource<Tag> {
  /** Of those that begin at one place, the longest comes first. */
  readonly literals: readonly Literal<Tag>[]
  readonly plain: PlainSearch<Tag>
  /** Made when they are first asked for. */
  readonly tables: () => Tables
}

/** Looks for literals from the beginning of a text to its end, a block at a time. Keeps its buffers. */
export class Search<Tag> {
  readonly #source: SearchSource<Tag>
  #tables: Tables | undefined
  readonly #bytes = new Uint8Array(margin + blockSize + overlap + 4)
  readonly #words = new Uint16Array(this.#bytes.buffer)
  readonly #view = new DataView(this.#bytes.buffer)
  readonly #target = this.#bytes.subarray(margin)
  readonly #encoder = new TextEncoder()
  /** Pairs to look at more closely, by their place among the words. */
  readonly #places = new Uint16Array(this.#words.length + 1)
  /** Rows of literals to look for, and at which byte. */
  readonly #rows = new Uint32Array(3 * this.#words.length + 1)
  readonly #rowPlaces = new Uint16Array(3 * this.#words.length + 1)
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

  constructor(source: SearchSource<Tag>) {
    this.#source = source
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
    return this.#source.literals[this.#found[this.#index - 1] ?? 0]
  }

  #block(): void {
    this.#from = this.#ahead
    this.#count = 0
    this.#index = 0
    const { plain, tables } = this.#source
    if (this.#tables === undefined && plain.takes(this.#text, this.#from, this.#to)) {
      this.#ahead = this.#to
      plain.find(this.#text, this.#from, this.#to, this.#tell)
      return
    }
    this.#tables ??= tables()
    this.#ahead = Math.min(this.#to, this.#from + blockSize)
    const length = this.#load(Math.min(this.#to, this.#ahead + overlap))
    const pairs = this.#siftPairs(this.#tables, length)
    this.#look(this.#tables, this.#listRows(this.#tables, this.#siftWindows(this.#tables, pairs)))
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

  /** Which pairs may begin an anchor: puts their places among the words in a row. Gives how many. */
  #siftPairs({ pairs }: Tables, length: number): number {
    const words = this.#words
    const places = this.#places
    const end = (margin + length + 1) >> 1
    let count = 0
    for (let index = margin >> 1; index < end; index++) {
      places[count] = index
      count += pairs[words[index] ?? 0] ?? 0
    }
    return count
  }

  /** Which of them stand in the window of an anchor. */
  #siftWindows({ marks }: Tables, candidates: number): number {
    const view = this.#view
    const places = this.#places
    const { both, behind, before } = marks
    let count = 0
    for (let index = 0; index < candidates; index++) {
      const place = places[index] ?? 0
      const window = view.getUint32(2 * place - 1, true)
      places[count] = place
      count +=
        (both[hashOf(window & sideMasks.both)] ?? 0) |
        (behind[hashOf(window & sideMasks.behind)] ?? 0) |
        (before[hashOf(window & sideMasks.before)] ?? 0)
    }
    return count
  }

  /** Each place, once for each row of literals that may stand there. */
  #listRows(tables: Tables, candidates: number): number {
    const view = this.#view
    const places = this.#places
    const rows = this.#rows
    const rowPlaces = this.#rowPlaces
    const { both, behind, before } = tables.rows
    let count = 0
    for (let index = 0; index < candidates; index++) {
      const at = 2 * (places[index] ?? 0)
      const window = view.getUint32(at - 1, true)
      const inBoth = both[hashOf(window & sideMasks.both)] ?? 0
      rows[count] = inBoth
      rowPlaces[count] = at
      count += inBoth === 0 ? 0 : 1
      const isBehind = behind[hashOf(window & sideMasks.behind)] ?? 0
      rows[count] = isBehind
      rowPlaces[count] = at
      count += isBehind === 0 ? 0 : 1
      const isBefore = before[hashOf(window & sideMasks.before)] ?? 0
      rows[count] = isBefore
      rowPlaces[count] = at
      count += isBefore === 0 ? 0 : 1
    }
    return count
  }

  /** Keeps the literals of the rows that are there. */
  #look({ entries }: Tables, rows: number): void {
    const view = this.#view
    for (let row = 0; row < rows; row++) {
      const at = this.#rowPlaces[row] ?? 0
      for (let entry = entrySize * (this.#rows[row] ?? 0); entries[entry] !== endOfRow; entry += entrySize) {
        const begin = at - (entries[entry + 1] ?? 0)
        if ((view.getInt32(begin, true) & (entries[entry + 3] ?? 0)) === entries[entry + 2])
          this.#check(entries[entry] ?? 0, this.#from + begin - margin)
      }
    }
  }

  #check(found: number, start: number): void {
    const literal = this.#source.literals[found]
    if (literal !== undefined && start < this.#ahead && isAt(literal, this.#text, start)) this.#keep(start, found)
  }

  readonly #tell = (start: number, literal: number): void => this.#keep(start, literal)

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
