import type { KeyClass } from './key-name.ts'
import { type LineScan, stickyEnd } from './scan.ts'
import { isProseValue, isSecretValue, looksRandom } from './value-shape.ts'

const afterTag = /(?:\s[^<>]{0,200})?>\s*(?:<(?:value|string)[^<>]{0,60}>\s*|<!\[CDATA\[\s*)?/iy

/** Elements whose text is a setting, not something to read. */
export const settingTag = /<(?:property|prop|entry|param\w*|init-param|setting|env|variable|attribute)\s[^<>]{0,120}$/i

/** The text of an element, up to the next tag. Unless it is a setting, it has to look like a secret. */
export function maskElement(scan: LineScan, key: KeyClass, at: number, setting = true): boolean {
  const { line } = scan
  const close = line.indexOf('<', at)
  if (close >= 0 && line[close + 1] !== '/' && line[close + 1] !== '!') return false
  const text = line.slice(at, Math.min(close < 0 ? line.length : close, at + 4096))
  const value = text.replace(/\s*(?:\]\]>\s*)?$/, '')
  const worth = setting || (looksRandom(value) && !/\s/.test(value))
  if (worth && isSecretValue(value, key.certainty) && !isProseValue(value))
    scan.spans.add(at, at + value.length, key.rule)
  return true
}

const opensTag = /<(?:[A-Za-z][\w-]{0,20}:)?$/

/** `<key>password</key><string>…` */
const plistValue = /<\/(?:key|name)>\s*(?:<(?:string|value)>)?/iy

/** The text of an element that is named like a secret, or of the one behind it. Tells whether the name is one of those. */
export function scanElement(scan: LineScan, start: number, end: number, key: KeyClass): boolean {
  const { line } = scan
  const mark = line[start - 1]
  const opening = mark === '<' || mark === ':' ? opensTag.exec(line.slice(Math.max(0, start - 32), start)) : null
  const inside = opening === null ? -1 : stickyEnd(afterTag, line, end)
  if (opening !== null && inside >= 0) {
    const alone = line.slice(0, start - opening[0].length).trim() === ''
    if (line.slice(inside).trim() === '') scan.pending ??= { rule: key.rule, kind: 'sibling' }
    else if (alone || line.includes('<', inside)) maskElement(scan, key, inside)
    return true
  }
  const listed = stickyEnd(plistValue, line, end)
  if (listed < 0) return false
  if (line.slice(listed).trim() === '') scan.pending ??= { rule: key.rule, kind: 'sibling' }
  else maskElement(scan, key, listed)
  return true
}
