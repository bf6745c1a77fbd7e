import { printable } from '@sshmcp/kernel'
import type { Terminal } from './terminal.ts'

/** What a line shows of a journal entry. */
export interface JournalRow {
  readonly seq: number
  readonly time: string
  readonly kind: string
  readonly user_id?: string | undefined
  readonly tool?: string | undefined
  readonly host_id?: string | undefined
  readonly command?: string | undefined
  readonly status?: string | undefined
  readonly exit_code?: number | null | undefined
  readonly code?: string | undefined
}

/** The entries in a reply of `get_audit_logs`. */
export function journalRows({ events }: Readonly<Record<string, unknown>>): readonly JournalRow[] {
  return Array.isArray(events) ? events : []
}

/** One entry, one line: when, what kind, who, which tool, where, what, how it ended. */
export function entryLine(row: JournalRow, colors: Terminal['colors']): string {
  const { dim, cyan } = colors
  const parts = [
    dim(`${String(row.seq).padStart(5)}  ${row.time.slice(0, 19).replace('T', ' ')}`),
    kindOf(row, colors),
    row.user_id,
    row.tool === undefined ? undefined : toolOf(row.tool),
    row.host_id === undefined ? undefined : cyan(row.host_id),
    row.command === undefined ? undefined : dim(printable(row.command)),
    ending(row, colors),
  ]
  return parts.filter((part) => part !== undefined).join('  ')
}

/** What a model called, which may be no tool at all and any text of any length. */
function toolOf(name: string): string {
  const shown = printable(name)
  return shown.length > 64 ? `${shown.slice(0, 64)}…` : shown
}

function kindOf({ kind }: JournalRow, { bold, dim }: Terminal['colors']): string {
  const text = kind.padEnd(8)
  return ['intent', 'outcome', 'decision'].includes(kind) ? bold(text) : dim(text)
}

function ending(
  { status, code, exit_code }: JournalRow,
  { green, red, yellow }: Terminal['colors'],
): string | undefined {
  if (status === undefined) return undefined
  const paint = status === 'ok' ? green : status === 'denied' ? yellow : red
  const exit = typeof exit_code === 'number' && exit_code !== 0 ? ` exit ${exit_code}` : ''
  return paint(`${status}${code === undefined ? '' : ` ${code}`}${exit}`)
}
