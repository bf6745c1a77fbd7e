import { readRow } from '../scan/columns.ts'
import { readTuples } from '../scan/sql-insert.ts'
import type { Spans } from '../spans.ts'
import type { Carry } from './carry.ts'

/** A row of the table that a line before it was the header of. */
export function continueColumns(carry: Carry, line: string, spans: Spans): void {
  const { columns } = carry
  if (columns === undefined) return
  if (columns.kind === 'values') {
    const end = readTuples(columns, line, 0, (from, to, rule) => spans.add(from, to, rule))
    // A statement may break its lines before VALUES and between rows.
    if (end < line.length && !/^\s*(?:values|select)\s*$/i.test(line)) carry.columns = undefined
    return
  }
  carry.columns = readRow(columns, line, ({ start, end }, rule) => spans.add(start, end, rule))
}
