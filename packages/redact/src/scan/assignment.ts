import { placeholderStart } from '../spans.ts'
import { noteAnnouncement, notePending } from './announcement.ts'
import { scanElement } from './element.ts'
import { encodedExtent } from './encoded.ts'
import type { KeyClass } from './key-name.ts'
import { scanNamedSibling } from './named-sibling.ts'
import { accepts, maskValue } from './named-value.ts'
import { type LineScan, nameAround, type Scanner, stickyEnd } from './scan.ts'
import { afterSeparator, closesQuote, stickyWrapped } from './separator.ts'
import { scanPhrase, scanSpaced } from './spoken-value.ts'

/** `{ "value": X }` behind a name, and the list of one in `password=[X]`. */
const inBrackets =
  /\{\s*\\?["']?(?:value|val|default|content|plaintext|secureValue)\\?["']?\s*[:=]\s*(?=\S)|\[\s*(?=[^\s\]])/iy

/** `API key`, `client secret`: the word before belongs to the name when nothing but one blank is between. */
function classifyWithWordBefore(scan: LineScan, start: number, name: string): KeyClass {
  const own = scan.classify(name)
  const before =
    scan.line[start - 1] === ' '
      ? /([A-Za-z]{2,20}) $/.exec(scan.line.slice(Math.max(0, start - 24), start))?.[1]
      : undefined
  // What a parser did not expect is part of a program.
  if (before !== undefined && /^unexpected$/i.test(before)) return { ...own, certainty: 'none' }
  if (own.certainty !== 'none' && own.certainty !== 'maybe') return own
  if (before === undefined) return own
  const both = scan.classify(`${before}_${name}`)
  return both.certainty === 'none' ? (own.certainty === 'maybe' ? both : own) : both
}

/** `/etc/ssl/site.key:12:` of grep, and the name inside of an ARN. */
const isPlaceName = (line: string, start: number, end: number): boolean =>
  (line[start - 1] === '/' && /\.(?:key|pem|pass|token|secret)$/.test(line.slice(start, end)) && line[end] === ':') ||
  (line[start - 1] === ':' && /\barn:aws[\w:-]*$/.test(line.slice(Math.max(0, start - 120), start)))

/** A secret that is named: `KEY=value` and all the other ways to write that. */
export const scanAssignment: Scanner = (scan, position) => {
  if (position < scan.namesDone) return
  const { start, end } = nameAround(scan.line, position)
  scan.namesDone = end
  const name = scan.line.slice(start, end)
  const key = classifyWithWordBefore(scan, start, name)
  if (key.certainty === 'none' || isPlaceName(scan.line, start, end)) return
  const { line } = scan
  // A shell's expansion; and a user in an address, whose password ends at the `@`.
  if ((line[start - 1] === '{' && line[start - 2] === '$') || line.startsWith('://', start - 3)) return
  if (scanNamedSibling(scan, start, end, key)) return
  if (scanElement(scan, start, end, key)) return
  const encoded = encodedExtent(line, end)
  if (encoded !== undefined) {
    const value = line.slice(encoded.start, encoded.end)
    if (accepts(value, key, encoded, name)) scan.spans.add(encoded.start, encoded.end, key.rule)
    return
  }
  const at = stickyWrapped(line, afterSeparator(line, start, end))
  if (at >= 0 && closesQuote(line, start, at)) return
  if (at < 0) {
    scanSpaced(scan, start, end, name, key)
    scanPhrase(scan, end, key)
    noteAnnouncement(scan, start, end, key)
    return
  }
  if (line.startsWith(placeholderStart, at)) return
  const inside = stickyEnd(inBrackets, line, at)
  const named = { name, key, start, at: inside < 0 ? at : inside, jsonNumber: line[end] === '"' }
  if (!maskValue(scan, named)) notePending(scan, key, at)
}
