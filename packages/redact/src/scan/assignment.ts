import { placeholderStart } from '../spans.ts'
import { decodesToPair } from './authorization.ts'
import { encodedExtent } from './encoded.ts'
import type { KeyClass } from './key-name.ts'
import { isSpace, type LineScan, leaveOut, nameAround, type Scanner, skipBlank } from './scan.ts'
import { holdsWord, isLabel, isReference, isReport, isSource, mayTake } from './source-text.ts'
import { type Extent, valueExtent } from './value-extent.ts'
import { isCode, isPlaceholder, isProseValue, isSecretValue, isWordLike, looksRandom } from './value-shape.ts'
import { aboutWords } from './words.ts'

/** `pass=3` counts something; `PIN=004411` and longer do not. */
const isCount = (value: string): boolean => /^(?:\d{1,5}(?:\.\d+)?%?|0x[0-9a-f]{1,8})$/i.test(value)

/** `PASSWORD=USER=`: the value is the next name. Base64 may end like this as well. */
const isEmptyPair = (value: string): boolean =>
  /^[A-Za-z][\w.-]*=$/.test(value) && !(value.length >= 16 && value.length % 4 === 0 && /\d/.test(value))

/** Under `siphash_key`; a `key` of GPG is 40 upper-case digits that are public. */
const isHexKey = (name: string, value: string): boolean =>
  /[a-z0-9][_.-]?key$/i.test(name) && /^(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9A-F]{64})$/.test(value)

function accepts(value: string, key: KeyClass, extent: Extent, name: string): boolean {
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

/** `{ "value": X }` behind a name, and the list of one in `password=[X]`. */
const inBrackets =
  /\{\s*\\?["']?(?:value|val|default|content|plaintext|secureValue)\\?["']?\s*[:=]\s*(?=\S)|\[\s*(?=[^\s\]])/iy

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
function maskValue(scan: LineScan, { name, key, start, at, jsonNumber }: Named): boolean {
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

const attribute = /\s+(?:[\w:-]{1,30}\s*=\s*["'][^"']{0,60}["']\s+){0,2}(?:value|content|val)\s*=\s*(?=["'])/iy
const afterTag = /(?:\s[^<>]{0,200})?>\s*(?:<(?:value|string)[^<>]{0,60}>\s*|<!\[CDATA\[\s*)?/iy
const afterNamed = /["'](?:\s[^<>]{0,200})?>\s*(?:<value>\s*|<!\[CDATA\[\s*)?(?=[^<\s])/iy

function stickyEnd(pattern: RegExp, line: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(line) ? pattern.lastIndex : -1
}

/** After the closing marks of a quoted or bracketed name. */
function afterName(line: string, end: number): number {
  let index = end
  while (index < end + 10 && /["'`\\\])*]/.test(line[index] ?? ' ')) index++
  return index
}

/** `prompt='Password: ', stream`: the mark closes what was opened before the name. */
function closesQuote(line: string, start: number, at: number): boolean {
  const mark = line[at] ?? ''
  if (mark !== '"' && mark !== "'") return false
  const before = line.slice(Math.max(0, start - 200), start)
  let open = false
  for (let index = before.indexOf(mark); index >= 0; index = before.indexOf(mark, index + 1)) {
    // An apostrophe opens nothing.
    if (open || !/\w/.test(before[index - 1] ?? ' ')) open = !open
  }
  return open && !/\S/.test(line.slice(at + 1, at + 2).replace(/[,;)\]}]/, ''))
}

/** `api_key: &str = "X"`, `apiKey: string = 'X'`. */
const typeThenValue = /:\s{0,2}&?(?:'static\s)?(?:str|[Ss]tring|Optional\[str\])\b[?\w\s|]{0,20}=\s{0,2}(?=["'`])/y

/** `password ........ X` of a printed table. */
const leader = /\.{3,200}(?:[ \t]*:)?[ \t]+(?=\S*\d)/y

const beginsRow = (line: string, start: number): boolean =>
  /(?:^|[|│])[\s*'"]*$/.test(line.slice(Math.max(0, start - 40), start))

/** The next cell of a table, if it is no name of a column. */
const cell = /[|│][ \t]+(?=[^\s|│]{0,200}(?:\d|[^\s\w|│.,:;()-]))/y

/** `('db.password', X)`: the name is all of a string, and the bracket is still open. */
const isWholeString = (line: string, start: number, end: number): boolean =>
  /["']/.test(line[end] ?? ' ') && line[start - 1] === line[end] && line[end + 1] !== ')'

/** `setUserPassword("bob", X)`: of two strings the second, otherwise the first. */
function argumentOf(line: string, start: number, end: number, first: number): number {
  const { end: close } = valueExtent(line, first)
  const second = /^["']\s*,\s*(?=["'])/.exec(line.slice(close, close + 20))
  const at = second === null ? first : close + second[0].length
  const extent = valueExtent(line, at)
  return holdsWord(line.slice(start, end), line.slice(extent.start, extent.end)) ? -1 : at
}

/** What follows a name in a list of strings; -1 for `"grant_type":"refresh_token","refresh_token":…`, where that is a name. */
function nextString(line: string, start: number, at: number): number {
  const extent = valueExtent(line, at)
  if (extent.quoted && /^["']\s*:/.test(line.slice(extent.end, extent.end + 4))) return -1
  const before = line.slice(Math.max(0, start - 40), start)
  return mayTake(before, line.slice(extent.start, extent.end), extent.quoted) ? at : -1
}

/** Where the value begins if a separator follows the name; -1 when none does. */
function afterSeparator(line: string, start: number, end: number): number {
  // `password........"X"` of a dumped configuration: the dots are part of the name.
  if (line.startsWith('...', end - 3) && /["']/.test(line[end] ?? ' ')) return end
  const closed = afterName(line, end)
  const at = skipBlank(line, closed)
  const [mark, next] = [line[at], line[at + 1]]
  if (mark === '=') return next === '=' || next === '~' ? -1 : skipBlank(line, at + (next === '>' ? 2 : 1))
  if (mark === ':') {
    const assigned = stickyEnd(typeThenValue, line, at)
    if (assigned >= 0) return assigned
    // LDIF writes base64 behind two colons.
    if (next === ':') return start === 0 && line[at + 2] === ' ' ? skipBlank(line, at + 2) : -1
    // `open(token: Secret): Session` names a type.
    if (closed === end + 1 && line[end] === ')' && line[start - 1] !== '(') return -1
    if (closed === end && /["'`]/.test(next ?? ' ') && line[start - 1] === next) return -1
    return skipBlank(
      line,
      afterName(line, at + (next === '=' ? 2 : 1)) === at + 1 ? at + 1 : at + (next === '=' ? 2 : 1),
    )
  }
  if (mark === '<' && next === '-') return skipBlank(line, at + 2)
  if (mark === '\\' && (next === '=' || next === ':')) return skipBlank(line, at + 2)
  if (mark === '.' && closed === end) return stickyEnd(leader, line, at)
  if (mark === '&' && line.startsWith('&gt;', at)) return at + 4
  if (mark === '?' && next === ':') return skipBlank(line, at + 2)
  if (mark === '-' && next === '>') return skipBlank(line, at + 2)
  if (mark === '|' || mark === '│') return closed === end && beginsRow(line, start) ? stickyEnd(cell, line, at) : -1
  if (mark === ',' && closed > end && isWholeString(line, start, end))
    return nextString(line, start, skipBlank(line, at + 1))
  if (mark === '(' && at === end && /["']/.test(next ?? '')) return argumentOf(line, start, end, at + 1)
  if (closed > end) return stickyEnd(attribute, line, closed)
  return -1
}

/** `Some("…")` of a debug print and `!unsafe …` of YAML hold the value itself. */
const wrapped = /Some\((?=\\?["'])|!(?:unsafe|!str)\s+(?=\S)/y

function stickyWrapped(line: string, at: number): number {
  const inside = at < 0 ? -1 : stickyEnd(wrapped, line, at)
  return inside < 0 ? at : inside
}

const isFlag = (name: string): boolean => name.startsWith('-') && /^--?[A-Za-z]/.test(name)
const directive = /^(?:requirepass|masterauth|storepass|keypass|setenv)$/i
/** `setenv NAME X`, `set -gx NAME X`, `configure set name X`. */
const setsIt = /(?:^|\s)set(?:env)?\s+(?:-\w+\s+)?$/
/** So long and so mixed that it needs no mark before it, and may have slashes in it. */
const isLongMixed = (value: string): boolean =>
  /^[\w+][\w+/=-]{23,}$/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value)

/** `--token X`, `requirepass X`, `password X`: without a separator the value itself has to look like a secret. */
function scanSpaced(scan: LineScan, start: number, end: number, name: string, key: KeyClass): void {
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
function scanPhrase(scan: LineScan, end: number, key: KeyClass): void {
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

/** `API key`, `client secret`: the word before belongs to the name when nothing but one blank is between. */
function classifyWithWordBefore(scan: LineScan, start: number, name: string): KeyClass {
  const own = scan.classify(name)
  const before = /([A-Za-z]{2,20}) $/.exec(scan.line.slice(Math.max(0, start - 24), start))?.[1]
  // What a parser did not expect is part of a program.
  if (before !== undefined && /^unexpected$/i.test(before)) return { ...own, certainty: 'none' }
  if (own.certainty !== 'none' && own.certainty !== 'maybe') return own
  if (before === undefined) return own
  const both = scan.classify(`${before}_${name}`)
  return both.certainty === 'none' ? (own.certainty === 'maybe' ? both : own) : both
}

const announcement = /^(?:\s+[\w'"()/-]{1,30}){0,12}\s*:\s*$/

/** "Please use the following password to proceed:" or a line of nothing but the name: the value may be next. */
function noteAnnouncement(scan: LineScan, start: number, end: number, key: KeyClass): void {
  if (key.certainty !== 'sure' || !scan.spans.empty || scan.line.length - end > 200) return
  const alone = /^\s*(?:\d{1,3}\) ")?$/.test(scan.line.slice(0, start)) && /^"?\s*$/.test(scan.line.slice(end))
  if (alone || announcement.test(scan.line.slice(end))) scan.pending ??= { rule: key.rule, kind: 'value' }
}

const blockMark = /^\s*[|>][+-]?\d?\s*(?:#.*)?$/

function notePending(scan: LineScan, key: KeyClass, at: number): void {
  if (key.certainty !== 'sure' && key.certainty !== 'likely') return
  const rest = scan.line.slice(at, at + 40).trimEnd()
  if (/^random_(?:password|string)/.test(scan.line.slice(0, 20).trimStart()))
    scan.pending ??= { rule: key.rule, kind: 'sibling' }
  else if (rest === '' || rest === '"') scan.pending ??= { rule: key.rule, kind: 'value' }
  else if (blockMark.test(rest)) scan.pending ??= { rule: key.rule, kind: 'block' }
  else if (rest === '{' || rest === '[') scan.pending ??= { rule: key.rule, kind: 'sibling' }
}

/** Elements whose text is a setting, not something to read. */
const settingTag = /<(?:property|prop|entry|param\w*|init-param|setting|env|variable|attribute)\s[^<>]{0,120}$/i

/** The text of an element, up to the next tag. Unless it is a setting, it has to look like a secret. */
function maskElement(scan: LineScan, key: KeyClass, at: number, setting = true): boolean {
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

const namesIt =
  /(?:^|[\s{,"'(<-])(?:name|key|field|label|variable|parameter|param|env|setting|title|k|id)\\?["']?\s*[:=]\s*\\?["']?[\w./@:-]{0,60}$/i
/** `variable "db_password" { default = X }` of Terraform. */
const declares = /(?:^|\s)(?:variable|output)\s+"$/
const declared = /"\s*\{(?:[^{}"]{0,200}\s)?(?:default|value)\s*=\s*(?=")/y
const valueNext = /\\?["']?\s*[,;]?\s*\\?["']?(?:value|val|default|content|v)\\?["']?\s*[:=]\s*/iy

/** `name: DB_PASSWORD` followed by `value: …`, on this line or on one of the next. */
function scanNamedSibling(scan: LineScan, start: number, end: number, key: KeyClass): boolean {
  if (key.certainty === 'maybe') return false
  if (declares.test(scan.line.slice(Math.max(0, start - 40), start))) {
    const at = stickyEnd(declared, scan.line, end)
    if (at >= 0) return maskValue(scan, { name: 'value', key, start: at, at, jsonNumber: false })
    if (/^"\s*\{\s*$/.test(scan.line.slice(end, end + 40))) scan.pending ??= { rule: key.rule, kind: 'sibling' }
    return true
  }
  if (
    /^random_(?:password|string|id)$/.test(scan.line.slice(start, end)) &&
    /^"\s+"[\w-]+"\s*\{\s*$/.test(scan.line.slice(end, end + 80))
  ) {
    scan.pending = { rule: key.rule, kind: 'sibling' }
    return true
  }
  if (!namesIt.test(scan.line.slice(Math.max(0, start - 100), start))) return false
  const at = stickyEnd(valueNext, scan.line, end)
  if (at >= 0) return maskValue(scan, { name: 'value', key, start: at, at, jsonNumber: true })
  const inside = stickyEnd(afterNamed, scan.line, end)
  if (inside >= 0)
    return maskElement(scan, key, inside, settingTag.test(scan.line.slice(Math.max(0, start - 160), start)))
  if (!/^\\?["']?[,;]?\s*$/.test(scan.line.slice(end, end + 8))) return false
  const form = /form-data;/i.test(scan.line.slice(Math.max(0, start - 60), start))
  scan.pending ??= { rule: key.rule, kind: form ? 'value' : 'sibling' }
  return true
}

/** `/etc/ssl/site.key:12:` of grep, and the name inside of an ARN. */
const isPlaceName = (line: string, start: number, end: number): boolean =>
  (line[start - 1] === '/' && /\.(?:key|pem|pass|token|secret)$/.test(line.slice(start, end)) && line[end] === ':') ||
  (line[start - 1] === ':' && /\barn:aws[\w:-]*$/.test(line.slice(Math.max(0, start - 120), start)))

const opensTag = /<(?:[A-Za-z][\w-]{0,20}:)?$/
/** `<key>password</key><string>…` */
const plistValue = /<\/(?:key|name)>\s*(?:<(?:string|value)>)?/iy

/** A secret that is named: `KEY=value` and all the other ways to write that. */
export const scanAssignment: Scanner = (scan, position) => {
  if (position < scan.namesDone) return
  const { start, end } = nameAround(scan.line, position)
  scan.namesDone = end
  const name = scan.line.slice(start, end)
  const key = classifyWithWordBefore(scan, start, name)
  if (key.certainty === 'none' || isPlaceName(scan.line, start, end)) return
  const { line } = scan
  if (line[start - 1] === '{' && line[start - 2] === '$') return
  if (scanNamedSibling(scan, start, end, key)) return
  const opening = opensTag.exec(line.slice(Math.max(0, start - 32), start))
  if (opening !== null) {
    const at = stickyEnd(afterTag, line, end)
    if (at >= 0) {
      const alone = line.slice(0, start - opening[0].length).trim() === ''
      if (line.slice(at).trim() === '') scan.pending ??= { rule: key.rule, kind: 'sibling' }
      else if (alone || line.includes('<', at)) maskElement(scan, key, at)
      return
    }
  }
  const listed = stickyEnd(plistValue, line, end)
  if (listed >= 0) {
    if (line.slice(listed).trim() === '') scan.pending ??= { rule: key.rule, kind: 'sibling' }
    else maskElement(scan, key, listed)
    return
  }
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
