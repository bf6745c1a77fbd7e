import type { Extent } from './value-extent.ts'
import { isProseValue, isWordLike, looksRandom } from './value-shape.ts'

// What is written as programs are: names, types, calls and patterns where a value would be.

/** `entry.token_sha256`, `openid4vci.metadata.issuance`. */
const path = /^[A-Za-z_$]\w*(?:\.[A-Za-z_$]\w*)+$/

const typeName = /^[A-Za-z_$][A-Za-z_$.]*$|^(?:[A-Z][a-z]+)*(?:Ui|I)nt\d+(?:Clamped)?Array$|^[iu](?:8|16|32|64|size)$/

/** `key: Secret<Bytes>`, `check: (text`, `(token: string): Reply`, `'/token', url)`: a type, a function, a parameter. */
const typed = /^[A-Z]\w*<|^\([\w(]|^[A-Za-z_$][A-Za-z_$.]*\)/

/** `token: Token,`, `srcToken = item;`: a name where a value would be, written as programs are. */
export function isSource(line: string, at: number, extent: Extent, value: string): boolean {
  const before = line.slice(Math.max(0, at - 4), at)
  if (!/[:=,]>?\s+$/.test(before)) return false
  if (typed.test(value)) return true
  if (/,\s+$/.test(before) && /^[A-Za-z_$][\w$.]*:?$/.test(value)) return true
  const after = line.slice(extent.end, extent.end + 6)
  if (path.test(value) && /^\s*[;,)]/.test(after)) return true
  return typeName.test(value) && /^(?:[;),|[{&<]|\s+[|&{=?+!]|\s*=>|\s*\}\s*[})])/.test(after)
}

/** `pam_unix(passwd:chauthtok):` and `--- PASS: TestToken (0.00s)`: a name and what a program says about it. */
export const isReport = (line: string, start: number, extent: Extent, value: string): boolean =>
  (line[start - 1] === '(' && /\):?$/.test(value)) ||
  (/^[A-Z]\w*$/.test(value) && /^\s\(\d/.test(line.slice(extent.end, extent.end + 3)))

/** `force:user:password:generate` and `[owner password]:password:` of a shell's completions: one of several labels. */
export const isLabel = (line: string, start: number, extent: Extent, value: string): boolean =>
  /^[a-z_]+:?$/.test(value) &&
  (line[extent.end] === ':' || value.endsWith(':') || (line[start - 1] === ':' && line[extent.start - 1] === ':'))

const lettersOf = (name: string): string => name.replace(/[^A-Za-z]/g, '').toLowerCase()

/** `self.token = nextchar`, `password = parsed.password`, `token=alias_token)`, `_ffi.NULL`, `Generic.Output`. */
export function isReference(name: string, line: string, extent: Extent, value: string): boolean {
  if (/^(?:self|this|cls|super)\./.test(name) && /^[A-Za-z_][\w.]*$/.test(value)) return true
  if (/^_?[A-Za-z]\w*\.[A-Z_]+$|^[A-Z][A-Za-z]+(?:\.[A-Z][A-Za-z]+)+$/.test(value)) return true
  if (/^[a-z]+(?:_[a-z]+)+$/.test(value) && /^[),]/.test(line.slice(extent.end, extent.end + 1))) return true
  const last = /\.([A-Za-z_]{3,})$/.exec(value)?.[1]
  if (last === undefined) return false
  return /^(?:pass(?:word|wd|phrase)?|secret|token|key)$/i.test(last) || lettersOf(name).endsWith(lettersOf(last))
}

/** `createSsh2Transport`, `AccessToken`: words written in one. */
const isJoinedWords = (value: string): boolean =>
  /^(?:[A-Z]{2,8})?[A-Za-z][a-z]+(?:\d{0,2}[A-Z][a-z]{2,}\d{0,2})*[A-Z]{0,4}$/.test(value) ||
  /^[A-Za-z]+(?:\.[A-Za-z]+)+$/.test(value) ||
  /^[A-Z]+(?:_[A-Z]+)*$/.test(value)

const isPlain = (value: string): boolean =>
  isJoinedWords(value) || isWordLike(value) || !looksRandom(value) || /^-|\s/.test(value)

const stores = /(?:define|putenv|setenv|set\w*|put|add|store|config|property|pref|option)\s*\(\s*["']$/i

/** Whether what follows a name in a list of strings may be its value: nearly anything where something is set, a mixed one elsewhere. */
export const mayTake = (before: string, value: string, quoted: boolean): boolean =>
  stores.test(before) ? !/^\w+=/.test(value) : quoted && !isPlain(value.replace(/^['"]|['"]$/g, ''))

const setters = /^(?:set|change|update|reset|with)/i
const verbs =
  /^(?:create|new|get|ask|read|make|generate|fetch|validate|parse|next|expect|is|has|find|check|lex|emit)(?=[A-Z_])/

/** Whether the argument of `Password('…')` is no secret: `createToken('COMMA', …)`, `t.pass('drained')`. */
export function holdsWord(name: string, value: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1)
  if (setters.test(last) || /^password$/i.test(last)) return isProseValue(value)
  return last === 'pass' || verbs.test(last) || isPlain(value)
}
