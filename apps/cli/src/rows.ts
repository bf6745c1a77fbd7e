import { printable } from '@sshmcp/kernel'

/** A list of a reply as lines of columns; the sentence when it is empty. */
export function rowsOf(list: unknown, columns: readonly string[], whenEmpty: string): string {
  const items: readonly unknown[] = Array.isArray(list) ? list : []
  if (items.length === 0) return `${whenEmpty}\n`
  const rows = items.map((item) => {
    const fields = new Map<string, unknown>(typeof item === 'object' && item !== null ? Object.entries(item) : [])
    return columns.map((column) => printable(String(fields.get(column) ?? '')))
  })
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}
