import type { KeyClass } from './key-name.ts'
import { accepts, isCount } from './named-value.ts'
import { isSpace, type LineScan, skipBlank } from './scan.ts'
import { valueExtent } from './value-extent.ts'
import { isCode, isPlaceholder, isSecretValue, isWordLike, looksRandom } from './value-shape.ts'
import { aboutWords } from './words.ts'

const isFlag = (name: string): boolean => name.startsWith('-') && /^--?[A-Za-z]/.test(name)

const directive = /^(?:requirepass|masterauth|storepass|keypass|setenv)$/i

/** `setenv NAME X`, `set -gx NAME X`, `configure set name X`. */
const setsIt = /(?:^|\s)set(?:env)?\s+(?:-\w+\s+)?$/

/** So long and so mixed that it needs no mark before it, and may have slashes in it. */
const isLongMixed = (value: string): boolean =>
  /^[\w+][\w+/=-]{23,}$/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value)

/** `--token X`, `requirepass X`, `password X`: without a separator the value itself has to look like a secret. */
export function scanSpaced(scan: LineScan, start: number, end: number, name: string, key: KeyClass): void {
  const { line } = scan
  if (!isSpace(line.charCodeAt(end)) || key.certainty === 'maybe') return
  let at = skipBlank(line, end)
  if (/["']/.test(line[at] ?? '')) {
    const extent = valueExtent(line, at)
    const value = line.slice(extent.start, extent.end)
    const worth =
      key.certainty === 'sure'
        ? looksRandom(value) || isFlag(name) || /^[;,)]?\s*$/.test(line.slice(extent.end + 1))
        : isSecretValue(value, 'maybe')
    // "to pass '-v' to": a flag, or no end of what was quoted.
    if (/^[-\s]/.test(value) || line[extent.end] !== line[at]) return
    if (worth && accepts(value, key, extent, name) && !/^[a-z]+(?:[-_/][a-z]+)*$/.test(value))
      scan.spans.add(extent.start, extent.end, key.rule)
    return
  }
  if (/[[({<`^*&]/.test(line[at] ?? ' ') || line[start - 1] === '/') return
  const type = /^[05-9] (?=\S)/.exec(line.slice(at, at + 3))
  if (type !== null) at += 2
  const extent = valueExtent(line, at)
  const value = line.slice(extent.start, extent.end)
  if (/^[a-z]+(?:[A-Z][a-z]+)+;?$/.test(value)) return
  if (value.length < 4 || /:$|[\\`]/.test(value) || isPlaceholder(value) || isCode(value) || isCount(value)) return
  if (isFlag(name)) {
    // A page of options tells what each is for.
    if (at - end > 1 && /^[a-z]+$/.test(value) && /^ [a-z]/i.test(line.slice(extent.end, extent.end + 2))) return
    if (!/^-|^[A-Z_]+$|^\W+$/.test(value) && isSecretValue(value, key.certainty))
      scan.spans.add(extent.start, extent.end, key.rule)
    return
  }
  if (
    directive.test(name)
      ? /^[a-z]{2,5}$/.test(value)
      : (isWordLike(value) && !isLongMixed(value)) || !looksRandom(value)
  )
    return
  if (key.certainty === 'sure' && isSecretValue(value, 'sure')) scan.spans.add(extent.start, extent.end, key.rule)
  else if (
    (start === 0 || isLongMixed(value) || setsIt.test(line.slice(Math.max(0, start - 16), start))) &&
    isSecretValue(value, 'likely')
  )
    scan.spans.add(extent.start, extent.end, key.rule)
}

const phrase =
  /((?:[ \t]+[\w@.'"()-]{1,60}){1,9}?)(?:[ \t]*[:=][ \t]*|(?<=\b(?:is|to|as|now))[ \t]+)["'`]?(\S{6,200}?)["'`]?[.]?\s*$/y

const isVerb = (line: string, end: number): boolean => /(?:^|\W)pass$/i.test(line.slice(Math.max(0, end - 5), end))

/** "The password for bob has been set to: X". */
export function scanPhrase(scan: LineScan, end: number, key: KeyClass): void {
  if (key.certainty !== 'sure' || !isSpace(scan.line.charCodeAt(end)) || scan.line.length - end > 600) return
  phrase.lastIndex = end
  const found = phrase.exec(scan.line)
  const value = found?.[2] ?? ''
  // "The password is incorrect!"
  if (/^(?:[A-Z]?[a-z']+|[A-Z]+)[!?.)]*$/.test(value)) return
  // "pass these blocks to X"
  if (found === null || (isVerb(scan.line, end) && !/[:=]/.test(found[0].slice(0, -value.length)))) return
  if (!looksRandom(value) || isWordLike(value) || isPlaceholder(value) || isCode(value)) return
  const words = (found[1] ?? '').toLowerCase().split(/\s+/)
  if (
    words.some(
      (word) => aboutWords.has(word) && !/^(?:user|for|set|generated|id|created|on|reset|changed|updated)$/.test(word),
    )
  )
    return
  const start = scan.line.lastIndexOf(value)
  if (isSecretValue(value, 'sure')) scan.spans.add(start, start + value.length, key.rule)
}
