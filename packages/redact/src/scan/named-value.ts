import { decodesToPair } from './authorization.ts'
import type { KeyClass } from './key-name.ts'
import { type LineScan, leaveOut } from './scan.ts'
import { isLabel, isReference, isReport, isSource } from './source-text.ts'
import { type Extent, valueExtent } from './value-extent.ts'
import { isCode, isProseValue, isSecretValue } from './value-shape.ts'

/** `pass=3` counts something; `PIN=004411` and longer do not. */
export const isCount = (value: string): boolean => /^(?:\d{1,5}(?:\.\d+)?%?|0x[0-9a-f]{1,8})$/i.test(value)

/** `PASSWORD=USER=`: the value is the next name. Base64 may end like this as well. */
const isEmptyPair = (value: string): boolean =>
  /^[A-Za-z][\w.-]*=$/.test(value) && !(value.length >= 16 && value.length % 4 === 0 && /\d/.test(value))

/** Under `siphash_key`; a `key` of GPG is 40 upper-case digits that are public. */
const isHexKey = (name: string, value: string): boolean =>
  /[a-z0-9][_.-]?key$/i.test(name) && /^(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9A-F]{64})$/.test(value)

export function accepts(value: string, key: KeyClass, extent: Extent, name: string): boolean {
  if (!isSecretValue(value, key.certainty) && !(key.digest === true && isHexKey(name, value))) return false
  if (isCount(value) || isEmptyPair(value)) return false
  if (extent.quoted) return !isProseValue(value) || (/mnemonic|phrase|seed/i.test(name) && value.split(' ').length >= 8)
  return !isCode(value)
}

const sameWord = (name: string): string => name.replace(/[^A-Za-z]/g, '').toLowerCase()

/** `| token | exit code 2 |` of a table for people: a cell of several words is none of a secret. */
const isSentenceCell = (line: string, at: number, end: number): boolean =>
  /[|│]\s+$/.test(line.slice(Math.max(0, at - 8), at)) && !/^\s*(?:[|│]|$)/.test(line.slice(end, end + 200))

/** JSON, inside a string or behind a name, and `"Set-Cookie": ["a=b"]` have names of their own. */
const holdsNames = (value: string, quoted: boolean, rule: string): boolean =>
  (quoted ? /^\s*\\*[{[]/.test(value) && /["']\s*:/.test(value) : /^\{\s*(?:\\*["']|[\w-]{1,60}\s*:)/.test(value)) ||
  (rule === 'cookie' && /^\[?\\*["']?[\w.-]{1,60}=[^=]/.test(value))

/** `"DB_PASSWORD=two words"`: a pair in quotes goes on to where they close, unless what follows is another pair or speaks. */
function toClosingQuote(line: string, start: number, extent: Extent): Extent {
  const mark = line[start - 1] ?? ''
  if (extent.quoted || (mark !== '"' && mark !== "'") || line[extent.start - 1] !== '=' || line[extent.end] !== ' ')
    return extent
  const rest = line.slice(extent.end, extent.end + 64)
  const close = rest.indexOf(mark)
  const goesOn =
    close > 0 && !/[=:{}[\]]/.test(rest.slice(0, close)) && !isProseValue(`two words${rest.slice(0, close)}`)
  return goesOn ? { ...extent, end: extent.end + close } : extent
}

/** In a longer value nobody looks for a better name of what it is. */
const longestNamed = 1024

/** `[[1, 2]]`, and `[specify a password]` of an option's description: more than the one value that brackets may hold. */
const isInList = (line: string, at: number, extent: Extent): boolean =>
  line[at - 1] === '[' && (line[at] === '[' || /^ [A-Za-z]/.test(line.slice(extent.end, extent.end + 2)))

/** What is named, and where its value begins. */
interface Named {
  readonly name: string
  readonly key: KeyClass
  readonly start: number
  readonly at: number
  readonly jsonNumber: boolean
}

/** Masks the value at `at` if it is one. */
export function maskValue(scan: LineScan, { name, key, start, at, jsonNumber }: Named): boolean {
  const extent = toClosingQuote(scan.line, start, valueExtent(scan.line, at))
  scan.budget -= extent.end - at
  const value = scan.line.slice(extent.start, extent.end)
  if (holdsNames(value, extent.quoted, key.rule)) return false
  const pair = key.rule === 'credential' && /^[A-Za-z0-9+/]{8,2048}={0,2}$/.test(value) && decodesToPair(value)
  if (!pair && !accepts(value, key, extent, name)) return false
  if (sameWord(name).endsWith(sameWord(value)) && /^[A-Za-z_-]{3,}$/.test(value)) return false
  // "password: rejects empty" speaks; "password=hunter to" does not.
  if (
    !extent.quoted &&
    /:\s*$/.test(scan.line.slice(Math.max(0, at - 3), at)) &&
    /^[A-Za-z]+$/.test(value) &&
    /^ [a-z]/i.test(scan.line.slice(extent.end, extent.end + 2))
  )
    return false
  if (!extent.quoted) {
    if (isInList(scan.line, at, extent) || isLabel(scan.line, start, extent, value)) return false
    if (isSource(scan.line, at, extent, value) || isSentenceCell(scan.line, at, extent.end)) return false
    if (isReport(scan.line, start, extent, value) || isReference(name, scan.line, extent, value)) return false
  } else if (scan.line[extent.start - 1] === '`' && value.includes(' ')) return false
  const bareNumber = jsonNumber && !extent.quoted && /^-?\d+(?:\.\d+)?$/.test(value)
  scan.spans.add(extent.start, extent.end, key.rule, bareNumber ? '"' : '')
  if (value.length > longestNamed) leaveOut(scan, extent.start, extent.end)
  return true
}
