import type { Scanner } from './scan.ts'

const shadowLine = /^[a-z_][\w.-]{0,31}\$?:!?([A-Za-z0-9./]{13}|_[A-Za-z0-9./]{19})(?::\d{0,6}){5}:\d{0,6}:\s*$/d

/** A line of `/etc/shadow` with a hash of the old kind, which has no mark of its own. */
export const scanShadow: Scanner = ({ line, spans }) => {
  const at = line.length > 200 ? undefined : shadowLine.exec(line)?.indices?.[1]
  if (at !== undefined) spans.add(at[0], at[1], 'crypt-hash')
}

const ending = /(?:<<-?\s*\\?["']?\w{1,40}["']?|^[\s-]*chpasswd:)\s*$/

/** Lines of `name:password` follow. */
export const scanPairsHead: Scanner = (scan, position) => {
  if (scan.line.length - position < 400 && ending.test(scan.line)) scan.pending = { rule: 'password', kind: 'pairs' }
}

const codesHead = /codes?\b(?: [\w'()-]{1,20}){0,6}\s*:?\s*$/iy
const codesInline = /codes?\b(?: [\w'()-]{1,20}){0,4}["']?\s*[:=]\s*\[?(?=\S)/iy

/** A code that lets a person in once: `1a2b3-c4d5e`, `1234 5678`, `12345678`. */
const code = /["']?([A-Za-z0-9]{4,6}(?:-[A-Za-z0-9]{4,6}){1,3}|\d{4} \d{4}|\d{8}|[a-z0-9]{8,12})["']?(?=[\s,;\]]|$)/dy
const beforeCode = /[\s,;]*(?:\d{1,2}[.)]\s+|[*•-]\s+|\[)?/y

const isCodeText = (text: string): boolean => /\d/.test(text)

/** Masks the codes from `at` on. Tells whether the line holds nothing else. */
export function maskCodes(line: string, from: number, mask: (start: number, end: number) => void): boolean {
  let at = from
  for (let count = 0; count < 40; count++) {
    beforeCode.lastIndex = at
    at = beforeCode.test(line) ? beforeCode.lastIndex : at
    code.lastIndex = at
    const found = code.exec(line)?.indices?.[1]
    if (found === undefined || !isCodeText(line.slice(found[0], found[1]))) break
    mask(found[0], found[1])
    at = code.lastIndex
  }
  return /^[\s\],;]*$/.test(line.slice(at, at + 20))
}

/** "Recovery codes:", with the codes on the same line or on the next ones. */
export const scanCodes: Scanner = (scan, position) => {
  const at = scan.line.toLowerCase().indexOf('code', position)
  codesHead.lastIndex = at
  if (codesHead.test(scan.line)) {
    scan.pending = { rule: 'recovery-code', kind: 'codes' }
    return
  }
  codesInline.lastIndex = at
  if (codesInline.test(scan.line))
    maskCodes(scan.line, codesInline.lastIndex, (start, end) => scan.spans.add(start, end, 'recovery-code'))
}
