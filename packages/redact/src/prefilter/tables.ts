import { type Anchor, anchorsOf } from './anchor.ts'
import type { Literal } from './literal.ts'
import { createRarity } from './rarity.ts'
import { hashOf, hashSize, type Side, sideMasks, windowAt, wordsOf } from './window.ts'

/** What a search reads. */
export interface Tables<Tag> {
  /** Of those that begin at one place, the longest comes first. */
  readonly literals: readonly Literal<Tag>[]
  /** 1 for each two bytes, as a Uint16Array reads them, that some anchor begins with. */
  readonly pairs: Uint8Array
  /** For each window, hashed, the number of its bucket; zero for none. */
  readonly windows: Readonly<Record<Side, Uint16Array>>
  readonly buckets: Buckets
}

/** Literals whose anchors have the same window. Those of bucket `n` are the entries from `starts[n]` to `starts[n + 1]`. */
interface Buckets {
  readonly starts: Int32Array
  readonly literals: Int32Array
  /** From where the literal begins to its anchor. */
  readonly offsets: Uint8Array
  /** The first four characters of the literal, or three, and which bits of them count. */
  readonly heads: Int32Array
  readonly masks: Int32Array
}

interface Entry {
  readonly literal: number
  readonly text: string
  readonly exact: boolean
  readonly offset: number
}

const headMask = ({ text, exact }: Entry): number => (exact ? 0x7f7f_7f7f : 0x5f5f_5f5f) >>> (text.length < 4 ? 8 : 0)

function flatten(buckets: readonly (readonly Entry[])[]): Buckets {
  const entries = buckets.flat()
  let begun = 0
  const starts = [...buckets, []].map(({ length }) => {
    begun += length
    return begun - length
  })
  return {
    starts: Int32Array.from(starts),
    literals: Int32Array.from(entries, ({ literal }) => literal),
    offsets: Uint8Array.from(entries, ({ offset }) => offset),
    heads: Int32Array.from(entries, (entry) => windowAt(entry.text, 0) & headMask(entry)),
    masks: Int32Array.from(entries, headMask),
  }
}

/** Windows beyond so many share the last bucket. */
const mostBuckets = 65_535

/** Chooses the anchors of the literals and makes the tables of a search for them. */
export function buildTables<Tag>(unsorted: readonly Literal<Tag>[]): Tables<Tag> {
  const literals = unsorted.toSorted((a, b) => b.text.length - a.text.length)
  const pairs = new Uint8Array(65_536)
  const windows = { both: emptyTable(), behind: emptyTable(), before: emptyTable() }
  const buckets: Entry[][] = [[]]
  const taken = new Set<string>()
  const put = (entry: Entry, pair: string, { offset, side }: Anchor): void => {
    taken.add(pair.toLowerCase())
    for (const word of wordsOf(pair, entry.exact)) pairs[word] = 1
    const place = hashOf(windowAt(entry.text, offset - 1) & sideMasks[side])
    const known = windows[side][place] ?? 0
    const bucket = known === 0 ? Math.min(buckets.length, mostBuckets) : known
    windows[side][place] = bucket
    buckets[bucket] = [...(buckets[bucket] ?? []), entry]
  }
  const rarityOf = createRarity()
  // The short ones first: they have no choice.
  for (const [literal, { text, exact = false }] of [...literals.entries()].reverse()) {
    for (const anchor of anchorsOf(text, rarityOf(text), (pair) => taken.has(pair.toLowerCase()))) {
      const { offset } = anchor
      put({ literal, text, exact, offset }, text.slice(offset, offset + 2), anchor)
    }
  }
  return { literals, pairs, windows, buckets: flatten(buckets) }
}

const emptyTable = (): Uint16Array => new Uint16Array(hashSize)
