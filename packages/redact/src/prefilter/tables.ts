import { type Anchor, anchorReach, anchorsOf } from './anchor.ts'
import type { Literal } from './literal.ts'
import { createRarity } from './rarity.ts'
import { hashOf, hashSize, type Side, sideMasks, windowAt, wordsOf } from './window.ts'

/** For each window, hashed, which is the first of the entries with it; zero for none. */
type WindowTable = Uint16Array | Uint32Array

/** What a search reads. */
export interface Tables {
  /** 1 for each two bytes, as a Uint16Array reads them, that some anchor begins with. */
  readonly pairs: Uint8Array
  readonly rows: Readonly<Record<Side, WindowTable>>
  /** 1 for each of those that is no zero. */
  readonly marks: Readonly<Record<Side, Uint8Array>>
  /** {@link entrySize} numbers for each anchor, those of one window in a row, and an {@link endOfRow} behind them. */
  readonly entries: Int32Array
}

/**
 * The index of the literal, the distance from where it begins to its anchor, its first four characters, or three, and
 * which bits of them count.
 */
export const entrySize = 4
/** Where the index of a literal would be. */
export const endOfRow = -1

interface Entry {
  readonly literal: number
  readonly text: string
  readonly exact: boolean
  readonly offset: number
}

function numbersOf({ literal, text, exact, offset }: Entry): readonly number[] {
  const mask = (exact ? 0x7f7f_7f7f : 0x5f5f_5f5f) >>> (text.length < 4 ? 8 : 0)
  return [literal, offset, windowAt(text, 0) & mask, mask]
}

type Rows = ReadonlyMap<number, readonly Entry[]>

/** Puts the rows of one side behind one another. A row is pointed to in as few bytes as do. */
function flatten(rows: Rows, numbers: number[]): WindowTable {
  const firsts: (readonly [place: number, first: number])[] = []
  for (const [place, row] of rows) {
    firsts.push([place, numbers.length / entrySize])
    for (const entry of row) numbers.push(...numbersOf(entry))
    numbers.push(endOfRow, 0, 0, 0)
  }
  const table = numbers.length / entrySize < 65_536 ? new Uint16Array(hashSize) : new Uint32Array(hashSize)
  for (const [place, first] of firsts) table[place] = first
  return table
}

const perSide = <Value>(make: () => Value): Readonly<Record<Side, Value>> => ({
  both: make(),
  behind: make(),
  before: make(),
})

/** Chooses the anchors of the literals, the longest of which comes first, and makes the tables of a search for them. */
export function buildTables(literals: readonly Literal<unknown>[]): Tables {
  const pairs = new Uint8Array(65_536)
  const taken = new Set<string>()
  const marks = perSide(() => new Uint8Array(hashSize))
  const entries = perSide(() => new Map<number, Entry[]>())
  const put = (entry: Entry, { offset, side }: Anchor): void => {
    const pair = entry.text.slice(offset, offset + 2)
    taken.add(pair.toLowerCase())
    for (const word of wordsOf(pair, entry.exact)) pairs[word] = 1
    const place = hashOf(windowAt(entry.text, offset - 1) & sideMasks[side])
    marks[side][place] = 1
    const row = entries[side].get(place)
    if (row === undefined) entries[side].set(place, [entry])
    else row.push(entry)
  }
  const rarityOf = createRarity(anchorReach + 1)
  // The short ones first: they have no choice.
  for (const [literal, { text, exact = false }] of [...literals.entries()].reverse()) {
    for (const anchor of anchorsOf(text, rarityOf(text), (pair) => taken.has(pair.toLowerCase())))
      put({ literal, text, exact, offset: anchor.offset }, anchor)
  }
  const numbers = [endOfRow, 0, 0, 0]
  const rows = {
    both: flatten(entries.both, numbers),
    behind: flatten(entries.behind, numbers),
    before: flatten(entries.before, numbers),
  }
  return { pairs, rows, marks, entries: Int32Array.from(numbers) }
}
