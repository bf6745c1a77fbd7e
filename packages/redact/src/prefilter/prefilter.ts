import type { Literal } from './literal.ts'
import { PlainSearch } from './plain-search.ts'
import { Search, type SearchSource } from './search.ts'
import { buildTables, type Tables } from './tables.ts'

/** Finds many literals in a text. */
export interface Prefilter<Tag> {
  /** For a stretch of many lines, and for one of its lines while the first is being worked through. */
  readonly lines: Search<Tag>
  readonly line: Search<Tag>
}

/** @throws RangeError for a literal of less than three characters */
export function createPrefilter<Tag>(unsorted: readonly Literal<Tag>[]): Prefilter<Tag> {
  const literals = longestFirst(unsorted)
  if ((literals.at(-1)?.text.length ?? 3) < 3) throw new RangeError('a literal has at least three characters')
  let tables: Tables | undefined
  const source: SearchSource<Tag> = {
    literals,
    plain: new PlainSearch(literals),
    tables: () => {
      tables ??= buildTables(literals)
      return tables
    },
  }
  return { lines: new Search(source), line: new Search(source) }
}

/** Those of one length stay in their order. Put in piles, not compared: a start waits for this, and its code is cold. */
function longestFirst<Tag>(literals: readonly Literal<Tag>[]): readonly Literal<Tag>[] {
  const byLength: Literal<Tag>[][] = []
  for (const literal of literals) {
    const { length } = literal.text
    byLength[length] = byLength[length] ?? []
    byLength[length].push(literal)
  }
  return byLength.reverse().flat()
}
