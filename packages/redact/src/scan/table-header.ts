import { type Columns, cellsOf, type SecretColumn, separators } from './columns.ts'
import type { LineScan, Scanner } from './scan.ts'

const title = /^[A-Za-z_][\w ./()-]{0,60}$/

function secretColumns(scan: LineScan, names: readonly string[]): readonly SecretColumn[] {
  return names.flatMap((name, at) => {
    const key = scan.classify(name.replace(/[ ()/]+/g, '_'))
    return key.certainty === 'sure' || key.certainty === 'likely' ? [{ at, key }] : []
  })
}

const longestHeader = 1000
const alignedHeader = /^\s{0,8}[A-Z][A-Z0-9_-]*(?: [A-Z0-9_-]+)*(?:\s{2,}[A-Z][A-Z0-9_-]*(?: [A-Z0-9_-]+)*)+\s*$/

/** The header of a printed table, of CSV or of what `mysql --batch` gives. */
export const scanHeader: Scanner = (scan) => {
  const { line } = scan
  if (scan.columns !== undefined || line.length > longestHeader) return
  for (const kind of ['bar', 'tab', 'comma'] as const) {
    if (!separators[kind].test(line)) continue
    const names = cellsOf(line, kind).map(({ start, end }) => line.slice(start, end))
    const inner =
      kind === 'bar' ? names.filter((name, index) => name !== '' || (index > 0 && index < names.length - 1)) : names
    if (!inner.every((name) => title.test(name)) || (kind === 'comma' && /,\s/.test(line))) return
    const secrets = secretColumns(scan, names)
    if (secrets.length > 0) scan.columns = { kind, count: names.length, secrets, ruled: kind !== 'bar' }
    return
  }
  if (alignedHeader.test(line)) scan.columns = alignedColumns(scan)
}

function alignedColumns(scan: LineScan): Columns | undefined {
  const names = [...scan.line.matchAll(/\S+(?: \S+)*/g)]
  const secrets = secretColumns(
    scan,
    names.map(([name]) => name),
  )
  const placed = secrets.map(({ at, key }) => ({ at: names[at]?.index ?? 0, key }))
  return placed.length === 0 ? undefined : { kind: 'aligned', count: names.length, secrets: placed, ruled: true }
}
