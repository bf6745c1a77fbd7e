import type { Literal } from './literal.ts'
import { Search } from './search.ts'
import { buildTables } from './tables.ts'

/** Finds many literals in a text. */
export interface Prefilter<Tag> {
  /** For a stretch of many lines, and for one of its lines while the first is being worked through. */
  readonly lines: Search<Tag>
  readonly line: Search<Tag>
}

export function createPrefilter<Tag>(literals: readonly Literal<Tag>[]): Prefilter<Tag> {
  const tables = buildTables(literals)
  return { lines: new Search(tables), line: new Search(tables) }
}
