import { decodeBase64 } from './authorization.ts'
import type { Scanner } from './scan.ts'

const begin = /-{4,5} ?BEGIN (?:[A-Za-z0-9]{1,12} ){0,4}(?:PRIVATE KEY(?: BLOCK)?|Static key V1) ?(?:-{4,5})?/y
const bodyStart =
  /(?:\s|\\+[nr]|["'+,])*(?:(?:Proc-Type|DEK-Info|Version|Comment)[^\\\n]{0,120}(?:\s|\\+[nr])*)*[A-Za-z0-9+/=]{16}/y
const inBody = /[A-Za-z0-9+/=\s\\"'+,:.-]/

const longestKey = 20_000
/** `<br>`, `&#10;`, `\u000a`, `#012`: whatever stands for the ends of its lines. */
const lineMark = /^.{0,12}?[A-Za-z0-9+/=]{16}/

/** Where the marker stands that ends a key begun on this line, if base64 comes before it; otherwise -1. */
function endOnLine(line: string, from: number): number {
  const end = line.indexOf('-----END', from)
  return end > from && end - from < longestKey && lineMark.test(line.slice(from, from + 40)) ? end : -1
}

/** Everything from the marker to the one that ends it, or to where the key stops looking like one. */
function bodyEnd(line: string, from: number): number {
  const end = line.indexOf('-----END', from)
  const limit = end < 0 ? line.length : end
  let index = from
  while (index < limit && inBody.test(line[index] ?? '\0')) index++
  if (index === end) return index
  const quote = line.slice(from, index).search(/(?<!\\)["'](?!\s*[+,]\s*["'])/)
  return quote > 0 ? from + quote : index
}

/** The begin of a private key: masks what stands on the same line, and tells when the rest follows on the next ones. */
export const scanPrivateKey: Scanner = (scan, position) => {
  begin.lastIndex = position
  if (!begin.test(scan.line)) return
  const from = begin.lastIndex
  const whole = endOnLine(scan.line, from)
  if (whole >= 0) {
    scan.spans.add(from, whole, 'private-key')
    scan.budget -= whole - from
    return
  }
  bodyStart.lastIndex = from
  if (bodyStart.test(scan.line)) {
    const stop = bodyEnd(scan.line, from)
    scan.spans.add(from, stop, 'private-key')
    scan.budget -= stop - from
    if (stop >= scan.line.trimEnd().length) scan.privateKeyPrefix = scan.line.slice(0, position).replace(/-$/, '')
  } else if (/^[\s\\nr"',+;|$})\]]*$/.test(scan.line.slice(from, from + 12)))
    scan.privateKeyPrefix = scan.line.slice(0, position).replace(/-$/, '')
}

const encodedRun = /[A-Za-z0-9+/]{24,20000}={0,2}/y

/** A private key that is base64 once more, in one piece or wrapped. */
export const scanEncodedKey: Scanner = (scan, position) => {
  encodedRun.lastIndex = position
  if (!encodedRun.test(scan.line)) return
  const end = encodedRun.lastIndex
  const whole = end - position - ((end - position) % 4)
  if (decodeBase64(scan.line.slice(position, position + whole))?.includes('PRIVATE KEY') !== true) return
  scan.spans.add(position, end, 'private-key')
  scan.budget -= end - position
  if (end >= scan.line.trimEnd().length) scan.privateKeyPrefix = scan.line.slice(0, position)
}

/** Two prefixes of the same log, listing or diff look alike once their numbers are gone. */
export const shapeOf = (prefix: string): string => prefix.slice(-200).replace(/\d+/g, '0').replace(/\s+/g, ' ')

/** A line of nothing but base64, as wide as keys are wrapped. */
export function isBodyLine(line: string): boolean {
  const text = line.trim()
  return text.length >= 40 && text.length <= 100 && /^[A-Za-z0-9+/]+={0,2}$/.test(text)
}

/** The short last line of a wrapped key. */
export function isShortBodyLine(line: string): boolean {
  const text = line.trim()
  return text.length > 0 && text.length < 40 && /^[A-Za-z0-9+/]+={0,2}$/.test(text)
}

/** The end marker of a private key. */
export const endsPrivateKey = (line: string): boolean =>
  /-----END (?:[A-Z0-9]{1,12} ){0,4}PRIVATE KEY(?: BLOCK)?-----/.test(line.slice(0, 200))
