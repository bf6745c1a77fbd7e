import type { KeyClass } from './key-name.ts'
import { isPlaceholder, isProseValue, isSecretValue, isWordLike, looksRandom } from './value-shape.ts'

/** Which columns of a table hold secrets. Never changed, so that it can be compared by identity. */
export interface Columns {
  /** What parts the cells: a bar, a comma, a tab, the rows of an INSERT, or where the names of the header begin. */
  readonly kind: 'bar' | 'comma' | 'tab' | 'values' | 'aligned'
  /** The number of cells in a row. */
  readonly count: number
  readonly secrets: readonly SecretColumn[]
  /** A table with bars has a rule under its header. */
  readonly ruled: boolean
}

export interface SecretColumn {
  /** The number of the cell, or for aligned tables where it begins. */
  readonly at: number
  readonly key: KeyClass
}

/** Where a cell stands in its line, quotes left out. */
export interface Cell {
  readonly start: number
  readonly end: number
  readonly quoted: boolean
}

/** The marks between cells. */
export const separators = { bar: /[|│┃]/, comma: /,/, tab: /\t/ } as const

/** The cells of a row, without the blanks and quotes around them. */
export function cellsOf(line: string, kind: keyof typeof separators): readonly Cell[] {
  const cells: Cell[] = []
  let from = 0
  while (from <= line.length && cells.length < 200) {
    const quote = kind === 'comma' && line[from] === '"' ? closingQuote(line, from) : -1
    const next = line.slice(Math.max(from, quote)).search(separators[kind])
    const to = next < 0 ? line.length : Math.max(from, quote) + next
    cells.push(trimmed(line, from, to))
    from = to + 1
  }
  return cells
}

/** Doubled quotes are part of the text. */
function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from + 1)
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2)
  return at
}

function trimmed(line: string, from: number, to: number): Cell {
  let [start, end] = [from, to]
  while (start < end && /[\s\r]/.test(line[start] ?? 'x')) start++
  while (end > start && /[\s\r]/.test(line[end - 1] ?? 'x')) end--
  const mark = line[start] ?? ''
  const quoted = end - start > 1 && (mark === '"' || mark === "'" || mark === '`') && line[end - 1] === mark
  return quoted ? { start: start + 1, end: end - 1, quoted } : { start, end, quoted }
}

const isSpace = (code: number): boolean => code === 32 || code === 9

const isRule = (line: string): boolean => /^[\s|+:=─━┼╪╋├┤┣┫╞╡│┃-]+$/.test(line)

/** The cell that begins at a place, up to two blanks. */
function cellAt(line: string, at: number): Cell {
  let end = at
  while (end < line.length && !(isSpace(line.charCodeAt(end)) && isSpace(line.charCodeAt(end + 1)))) end++
  return trimmed(line, at, end)
}

/** In a table for people a secret is one word that no sentence has; behind quotes it may be any. */
export function isSecretCell(value: string, { certainty, rule }: KeyClass, quoted: boolean): boolean {
  if (!isSecretValue(value, certainty) || isProseValue(value) || value.length < 4) return false
  if (quoted) return !isPlaceholder(value)
  if (/\s/.test(value) || !looksRandom(value)) return false
  return rule === 'password' || value.length >= 20 || !isWordLike(value)
}

/** Masks the secret cells of the next row. Gives what holds for the rows after it; undefined when the table is over. */
export function readRow(columns: Columns, line: string, mask: (cell: Cell, rule: string) => void): Columns | undefined {
  if (columns.kind === 'values') return undefined
  if (line.trim() === '') return undefined
  if (columns.kind === 'aligned') {
    for (const { at, key } of columns.secrets) {
      const cell = cellAt(line, at)
      const begins = at === 0 || isSpace(line.charCodeAt(at - 1))
      if (begins && isSecretCell(line.slice(cell.start, cell.end), key, false)) mask(cell, key.rule)
    }
    return columns
  }
  if (columns.kind === 'bar' && isRule(line)) return columns.ruled ? columns : { ...columns, ruled: true }
  if (!columns.ruled) return undefined
  const cells = cellsOf(line, columns.kind)
  if (cells.length !== columns.count) return undefined
  for (const { at, key } of columns.secrets) {
    const cell = cells[at]
    if (cell !== undefined && isSecretCell(line.slice(cell.start, cell.end), key, cell.quoted)) mask(cell, key.rule)
  }
  return columns
}
