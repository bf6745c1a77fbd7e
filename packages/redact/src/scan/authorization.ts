import { isSpace, type Scanner, skipBlank } from './scan.ts'
import { isLongRandom, isPlaceholder, looksRandom } from './value-shape.ts'

const credential = /[A-Za-z0-9._~+/=:%|-]{6,8192}/y

function credentialAt(line: string, at: number): number {
  credential.lastIndex = at
  return credential.test(line) ? credential.lastIndex : -1
}

const worth = (value: string): boolean => !isPlaceholder(value) && looksRandom(value) && !/^[a-z_-]+=/.test(value)

const schemes =
  /(?:basic|bearer|token|apikey|api-key|oauth2?|negotiate|ntlm|key|ssws|geniekey|splunk|bot|jwt|hawk|digest|sso-key|api[-_]?token|pve\w{0,12}token|klaviyo-api-key|access_token|discogs|zoho-oauthtoken|sharedkey(?:lite)?|sharedaccesssignature|aws4-hmac-sha256|awsv?\d?|signature|private-token|client-id)(?:\s+|=)/iy

/** What follows `Authorization:` after the scheme. */
export const scanAuthorization: Scanner = ({ line, spans }, position) => {
  const end = position + 'authorization'.length
  if (/[\w.-]/.test(line[end] ?? ' ')) return
  let at = end
  while (at < end + 6 && /["'\\\]]/.test(line[at] ?? ' ')) at++
  at = skipBlank(line, at)
  if (!/[:=,]/.test(line[at] ?? ' ')) return
  at = skipBlank(line, line[at + 1] === '>' ? at + 2 : at + 1)
  while (/["'\\[]/.test(line[at] ?? ' ')) at++
  schemes.lastIndex = at
  const named = schemes.test(line)
  if (named) at = schemes.lastIndex
  const stop = credentialAt(line, at)
  if (stop < 0) return
  const value = line.slice(at, stop)
  if (line[stop] === '(') return
  // The first of several, each with a name: `Digest username="bob"`, `AWS4-HMAC-SHA256 Credential=…`.
  if (named && /^[A-Za-z_-]{1,30}=/.test(value) && (line[stop] === '"' || /^Credential=/.test(value))) return
  if (
    named
      ? !isPlaceholder(value) && !/^(?:[a-z]+|[A-Z]+)$/.test(value) && !/^realm=/.test(value)
      : value.length >= 12 && worth(value)
  )
    spans.add(at, stop, 'authorization')
}

const signed =
  /(?:[Ss]ignature|sig|hmac|response|nonce|cnonce|mac|oauth_signature|oauth_token)="?([A-Za-z0-9+/=%]{16,512})/dgy

/** AWS Signature 4, HTTP Digest, OAuth 1: the parts that authenticate. */
export const scanSignature: Scanner = ({ line, spans }, position) => {
  const before = line[position - 1] ?? ' '
  if (/[\w]/.test(before)) return
  signed.lastIndex = position
  const found = signed.exec(line)?.indices?.[1]
  if (found !== undefined && looksRandom(line.slice(found[0], found[1]))) spans.add(found[0], found[1], 'signature')
}

/** The offered protocols of a web socket, among which browsers have to put their token. */
export const scanProtocol: Scanner = (scan, position) => {
  const { line, spans } = scan
  const from = position + 'sec-websocket-protocol'.length
  const list = /^["']?\s{0,4}[:=]\s{0,4}["']?/.exec(line.slice(from, from + 12))
  if (list === null) return
  let at = from + list[0].length
  const offered = line.slice(at, at + 8192)
  scan.budget -= offered.length
  for (const item of offered.split(',')) {
    const token = /[A-Za-z0-9._~+/=-]{20,}/.exec(item)
    if (token !== null && isLongRandom(token[0]))
      spans.add(at + token.index, at + token.index + token[0].length, 'bearer-token')
    at += item.length + 1
  }
}

/** `Bearer X` wherever it stands. */
export const scanBearer: Scanner = ({ line, spans }, position) => {
  if (/\w/.test(line[position - 1] ?? ' ')) return
  const from = position + 6
  const at = isSpace(line.charCodeAt(from))
    ? skipBlank(line, from)
    : /^(?:%20|\+|\\u0020)/.test(line.slice(from, from + 6))
      ? from + (line[from] === '%' ? 3 : line[from] === '+' ? 1 : 6)
      : -1
  const stop = at < 0 ? -1 : credentialAt(line, at)
  if (stop < 0) return
  const value = line.slice(at, stop)
  if (value.length >= 8 && worth(value) && !/=\S*=/.test(value.replace(/=+$/, ''))) spans.add(at, stop, 'bearer-token')
}

/** `Basic X` whose content is `user:password`. */
export const scanBasic: Scanner = ({ line, spans }, position) => {
  if (/\w/.test(line[position - 1] ?? ' ') || !isSpace(line.charCodeAt(position + 5))) return
  const at = skipBlank(line, position + 5)
  const stop = credentialAt(line, at)
  if (stop < 0) return
  const value = line.slice(at, stop)
  if (/^[A-Za-z0-9+/_-]{6,2048}={0,2}$/.test(value) && decodesToPair(value)) spans.add(at, stop, 'basic-auth')
}

/** Base64 of printable text with a colon in it. */
export function decodesToPair(value: string): boolean {
  const text = decodeBase64(value)
  return text !== undefined && /^[\x20-\x7e]{0,256}:[\x20-\x7e]{1,1024}$/.test(text)
}

/** The bytes as one character each; undefined when this is no base64. */
export function decodeBase64(value: string): string | undefined {
  try {
    return atob(value.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return undefined
  }
}
