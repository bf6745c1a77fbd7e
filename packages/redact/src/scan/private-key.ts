import type { Scanner } from './scan.ts'

const begin = /-{4,5} ?BEGIN (?:[A-Za-z0-9]{1,12} ){0,4}(?:PRIVATE KEY(?: BLOCK)?|Static key V1) ?(?:-{4,5})?/y
const bodyStart =
  /(?:\s|\\+[nr]|["'+,])*(?:(?:Proc-Type|DEK-Info|Version|Comment)[^\\\n]{0,120}(?:\s|\\+[nr])*)*[A-Za-z0-9+/=]{16}/y
const inBody = /[A-Za-z0-9+/=\s\\"'+,:.-]/

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
  bodyStart.lastIndex = from
  if (bodyStart.test(scan.line)) {
    const stop = bodyEnd(scan.line, from)
    scan.spans.add(from, stop, 'private-key')
    scan.budget -= stop - from
    if (stop >= scan.line.trimEnd().length) scan.privateKeyPrefix = scan.line.slice(0, position).replace(/-$/, '')
  } else if (/^[\s\\nr"',]*$/.test(scan.line.slice(from, from + 12)))
    scan.privateKeyPrefix = scan.line.slice(0, position).replace(/-$/, '')
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
