import { maskCodes } from '../scan/accounts.ts'
import { isPlaceholder } from '../scan/value-shape.ts'
import { placeholderStart, type Spans } from '../spans.ts'
import type { Carry } from './carry.ts'

const pair = /^\s*(?:-\s+)?["']?[\w.$-]{1,40}:([^\s"']{4,200})["']?\s*$/d
const betweenPairs = /^\s*(?:list:\s*\|?-?|expire:\s*\w+|users:|#.*)?\s*$/i

/** `bob:X`, one a line, until something else comes. */
function maskPair(line: string, spans: Spans): boolean {
  const found = pair.exec(line)
  const at = found?.indices?.[1]
  if (at === undefined) return betweenPairs.test(line)
  if (!isPlaceholder(found?.[1] ?? '')) spans.add(at[0], at[1], 'password')
  return true
}

/** Account names with passwords, and codes for a person, as a line before announced them. */
export function continueListed(carry: Carry, line: string, spans: Spans): void {
  const { listed } = carry
  if (listed === undefined) return
  const known = line.includes(placeholderStart) || line.trim() === ''
  const goesOn =
    known ||
    (listed.kind === 'pairs'
      ? maskPair(line, spans)
      : maskCodes(line, 0, (start, end) => spans.add(start, end, 'recovery-code')))
  listed.lines--
  if (!goesOn || listed.lines <= 0) carry.listed = undefined
}
