import type { Hole, Spans } from '../spans.ts'
import type { Columns } from './columns.ts'
import type { KeyClass } from './key-name.ts'

/** One line (or one window of an overlong one) while it is being read. */
export interface LineScan {
  readonly line: string
  readonly spans: Spans
  /** Placeholders of an earlier pass. */
  readonly holes: readonly Hole[]
  readonly classify: (name: string) => KeyClass
  /** Characters that may still be looked at more than once: a hostile line costs no more than a fixed multiple of its length. */
  budget: number
  /** Nothing more is to be found from one to the other. */
  doneFrom: number
  doneTo: number
  /** Cookies before here have been looked at. */
  cookiesDone: number
  /** Up to where the arguments of a program have been looked at. */
  commandsDone: Map<string, number> | undefined
  /** Names that end before here have been looked at. */
  namesDone: number
  /** A line of a manifest that tells which object is being read. */
  manifest: boolean
  /** A command that may print a secret. */
  command: boolean
  /** Lines of a PuTTY private key that follow. */
  putty: number
  /** What stood before the begin marker of a private key whose body follows on the next lines. */
  privateKeyPrefix: string | undefined
  /** This line is the header of a table with secrets in it. */
  columns: Columns | undefined
  /** A name at the end of the line whose value may stand on the next one. */
  pending:
    | { readonly rule: string; readonly kind: 'block' | 'value' | 'sibling' | 'hosts' | 'pairs' | 'codes' }
    | undefined
}

/** What lies in this stretch is not looked at. */
export function leaveOut(scan: LineScan, from: number, to: number): void {
  scan.doneFrom = from
  scan.doneTo = to
}

export const isLeftOut = ({ doneFrom, doneTo }: LineScan, from: number, to: number): boolean =>
  from >= doneFrom && to <= doneTo

/** Literals of more characters than this are not sought for across the end of what is left out. */
const acrossEnd = 16

/** Where to go on behind `at`: what is left out may be passed over, but for what lies across its end. */
export const resumeAt = ({ doneFrom, doneTo }: LineScan, at: number): number =>
  at < doneFrom ? at : doneTo - acrossEnd

/** Looks at a line from where one of its literals begins. */
export type Scanner = (scan: LineScan, position: number) => void

const nameCharacter = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  code === 45 ||
  code === 46

/** The name (letters, digits, `_`, `-`, `.`) around a position, at most 64 characters to either side. */
export const nameAround = (line: string, position: number): { readonly start: number; readonly end: number } => ({
  start: nameStart(line, position),
  end: nameEnd(line, position),
})

export function nameStart(line: string, position: number): number {
  let start = position
  const limit = Math.max(0, position - 64)
  while (start > limit && nameCharacter(line.charCodeAt(start - 1))) start--
  return start
}

export function nameEnd(line: string, position: number): number {
  let end = position
  const limit = Math.min(line.length, position + 64)
  while (end < limit && nameCharacter(line.charCodeAt(end))) end++
  return end
}

export const isSpace = (code: number): boolean => code === 32 || code === 9

/** Skips blanks and terminal colours. */
export function skipBlank(line: string, from: number): number {
  let index = from
  for (;;) {
    const code = line.charCodeAt(index)
    if (isSpace(code)) index++
    else if (code === 27 && line[index + 1] === '[') {
      let end = index + 2
      while (end < index + 16 && /[0-9;]/.test(line[end] ?? '')) end++
      index = end + 1
    } else return index
  }
}

/** Where the match ends that a sticky pattern has at `at`; -1 when it has none. */
export function stickyEnd(pattern: RegExp, line: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(line) ? pattern.lastIndex : -1
}
