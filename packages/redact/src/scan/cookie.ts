import { nameAround, type Scanner, skipBlank } from './scan.ts'
import { isPlaceholder, isSecretValue } from './value-shape.ts'

const sessionName =
  /sess|sid$|^sid|auth|token|csrf|xsrf|jwt|remember|login|identity|^connect\.|secret|ticket|sso|saml|aspxauth|laravel|^cf_/i
const settings =
  /^(?:path|expires|max-age|domain|samesite|secure|httponly|version|priority|theme|lang|language|locale|tz|timezone|currency|consent|cookieconsent|_ga\w*|_gid|_gat\w*|_fbp|utm\w*)$/i

function maskPair(line: string, start: number, end: number, mask: (start: number, end: number) => void): boolean {
  const text = line.slice(start, end)
  const equals = text.indexOf('=')
  if (equals <= 0) return false
  const name = text.slice(0, equals).trim()
  const value = text
    .slice(equals + 1)
    .trim()
    .replace(/^"|"$/g, '')
  const worth = sessionName.test(name) ? value.length >= 6 && !isPlaceholder(value) : isSecretValue(value, 'maybe')
  if (!settings.test(name) && worth) {
    const at = start + text.indexOf(value, equals + 1)
    mask(at, at + value.length)
  }
  return true
}

/** `Cookie:`, `Set-Cookie:`, `document.cookie=`, `--cookie`. */
export const scanCookie: Scanner = (scan, position) => {
  const { line, spans } = scan
  if (position < scan.cookiesDone) return
  const { end } = nameAround(line, position)
  let at = end
  while (at < end + 4 && /["'\\\])]/.test(line[at] ?? ' ')) at++
  at = skipBlank(line, at)
  const mark = line[at] ?? ''
  if (mark !== ':' && mark !== '=' && !(line[position - 1] === '-' && /\S/.test(mark))) return
  if (mark === ':' || mark === '=') at = skipBlank(line, at + 1)
  while (/["'\\[]/.test(line[at] ?? ' ')) at++
  for (let count = 0; count < 64; count++) {
    const stop = nextMark(line, at)
    scan.budget -= stop - at
    scan.cookiesDone = stop
    const seen = maskPair(line, at, stop, (from, to) => spans.add(from, to, 'cookie'))
    if (!seen || line[stop] !== ';') return
    at = skipBlank(line, stop + 1)
  }
}

function nextMark(line: string, from: number): number {
  const limit = Math.min(line.length, from + 8192)
  let index = from
  while (index < limit && !/[;"'\\\r]/.test(line[index] ?? ';')) index++
  return index
}

const jarLine = /(?:TRUE|FALSE)\t\/[^\t]{0,200}\t(?:TRUE|FALSE)\t\d{1,12}\t([^\t]{1,200})\t(\S{6,4096})/dy

/** One line of a Netscape cookie file. */
export const scanCookieJar: Scanner = ({ line, spans }, position) => {
  jarLine.lastIndex = position
  const found = jarLine.exec(line)
  const value = found?.indices?.[2]
  if (found === null || value === undefined) return
  if (sessionName.test(found[1] ?? '') || isSecretValue(found[2] ?? '', 'maybe'))
    spans.add(value[0], value[1], 'cookie')
}
