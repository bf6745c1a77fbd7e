import { skipBlank, stickyEnd } from './scan.ts'
import { holdsWord, mayTake } from './source-text.ts'
import { valueExtent } from './value-extent.ts'

const attribute = /\s+(?:[\w:-]{1,30}\s*=\s*["'][^"']{0,60}["']\s+){0,2}(?:value|content|val)\s*=\s*(?=["'])/iy

/** After the closing marks of a quoted or bracketed name. */
function afterName(line: string, end: number): number {
  let index = end
  while (index < end + 10 && /["'`\\\])*]/.test(line[index] ?? ' ')) index++
  return index
}

/** `prompt='Password: ', stream`: the mark closes what was opened before the name. */
export function closesQuote(line: string, start: number, at: number): boolean {
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

/** `{password, "X"}` and `{default_pass, <<"X">>}` of Erlang. */
function inTuple(line: string, at: number): number {
  const from = line.startsWith('<<"', at) ? at + 2 : at
  if (line[from] !== '"') return -1
  const { end } = valueExtent(line, from)
  return /^"\s*:/.test(line.slice(end, end + 4)) ? -1 : from
}

/** What follows a name in a list of strings; -1 for `"grant_type":"refresh_token","refresh_token":…`, where that is a name. */
function nextString(line: string, start: number, at: number): number {
  const extent = valueExtent(line, at)
  if (extent.quoted && /^["']\s*:/.test(line.slice(extent.end, extent.end + 4))) return -1
  const before = line.slice(Math.max(0, start - 40), start)
  return mayTake(before, line.slice(extent.start, extent.end), extent.quoted) ? at : -1
}

/** Where the value begins if a separator follows the name; -1 when none does. */
export function afterSeparator(line: string, start: number, end: number): number {
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
  if (mark === ',' && closed === end && line[start - 1] === '{') return inTuple(line, skipBlank(line, at + 1))
  if (mark === ',' && closed > end && isWholeString(line, start, end))
    return nextString(line, start, skipBlank(line, at + 1))
  if (mark === '(' && at === end && /["']/.test(next ?? '')) return argumentOf(line, start, end, at + 1)
  if (closed > end) return stickyEnd(attribute, line, closed)
  return -1
}

/** `Some("…")` of a debug print and `!unsafe …` of YAML hold the value itself. */
const wrapped = /Some\((?=\\?["'])|!(?:unsafe|!str)\s+(?=\S)/y

export function stickyWrapped(line: string, at: number): number {
  const inside = at < 0 ? -1 : stickyEnd(wrapped, line, at)
  return inside < 0 ? at : inside
}
