import { createHmac } from 'node:crypto'
import { keyTypeOf } from './host-key.ts'
import type { KnownHostsFile } from './known-hosts-port.ts'

/** A key that a known_hosts line gives to the host in question. */
export interface KnownKey {
  readonly type: string
  readonly blob: Uint8Array
  /** Where it stands, such as `~/.ssh/known_hosts line 7`. */
  readonly place: string
}

/** Everything known_hosts says about one host. */
export interface HostKnowledge {
  readonly trusted: readonly KnownKey[]
  readonly revoked: readonly KnownKey[]
  /** Lines `@cert-authority` that name the host. Host certificates are not spoken here, so they trust nothing. */
  readonly authorities: readonly KnownKey[]
}

/** What known_hosts (or the pins) make of a key that a host presented. */
export type HostKeyVerdict =
  | { readonly status: 'trusted' | 'unknown' }
  | { readonly status: 'mismatch' | 'revoked'; readonly places: readonly string[] }

/**
 * Collects what known_hosts says about a host, with OpenSSH's rules (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): hashed names,
 * `*` and `?`, `!`, `[host]:port`, markers, names in lower case. A host on another port than 22 is looked up as
 * `[host]:port` first and, when no line trusts a key for that, by its bare name, as OpenSSH's client does.
 */
export function knowledgeOf(files: readonly KnownHostsFile[], hostname: string, port: number): HostKnowledge {
  const bare = hostname.toLowerCase()
  const exact = collect(files, port === 22 ? bare : `[${bare}]:${port}`)
  if (port === 22) return exact
  const fallback = collect(files, bare)
  return {
    trusted: exact.trusted.length > 0 ? exact.trusted : fallback.trusted,
    revoked: [...exact.revoked, ...fallback.revoked],
    authorities: [...exact.authorities, ...fallback.authorities],
  }
}

/**
 * Judges the key that a host presented. A revoked key stays revoked whatever else is said. Pins, where there are any, decide
 * alone: they were written for this very host. A known host with a key of another type is a mismatch, never a new host.
 */
export function judgeHostKey(
  knowledge: HostKnowledge,
  pins: readonly string[],
  presented: { readonly blob: Uint8Array; readonly fingerprint: string },
): HostKeyVerdict {
  const revoked = knowledge.revoked.filter((key) => sameBytes(key.blob, presented.blob))
  if (revoked.length > 0) return { status: 'revoked', places: revoked.map(({ place }) => place) }
  if (pins.length > 0) {
    const isPinned = pins.some((pin) => pin.replace(/=+$/, '') === presented.fingerprint)
    return isPinned ? { status: 'trusted' } : { status: 'mismatch', places: ['host_key_fingerprints in hosts.json'] }
  }
  if (knowledge.trusted.some((key) => sameBytes(key.blob, presented.blob))) return { status: 'trusted' }
  if (knowledge.trusted.length === 0) return { status: 'unknown' }
  return { status: 'mismatch', places: knowledge.trusted.map(({ place }) => place) }
}

/** The line that `hosts trust` writes: the name as it will be looked up, the type, the key. */
export function knownHostsLine(hostname: string, port: number, keyBlob: Uint8Array): string {
  const bare = hostname.toLowerCase()
  const name = port === 22 ? bare : `[${bare}]:${port}`
  return `${name} ${keyTypeOf(keyBlob)} ${Buffer.from(keyBlob).toString('base64')}`
}

function collect(files: readonly KnownHostsFile[], name: string): HostKnowledge {
  const found: { trusted: KnownKey[]; revoked: KnownKey[]; authorities: KnownKey[] } = {
    trusted: [],
    revoked: [],
    authorities: [],
  }
  for (const { path, text } of files) {
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      const entry = parseLine(line, name)
      if (entry === undefined) continue
      found[entry.kind].push({ type: entry.type, blob: entry.blob, place: `${path} line ${index + 1}` })
    }
  }
  return found
}

type Entry = { readonly kind: keyof HostKnowledge; readonly type: string; readonly blob: Uint8Array }

function parseLine(line: string, name: string): Entry | undefined {
  const fields = line.trim().split(/[ \t]+/)
  const first = fields[0] ?? ''
  if (first === '' || first.startsWith('#')) return undefined
  const kind = kindOf(first)
  if (kind === undefined) return undefined
  const [names = '', type = '', key = ''] = first.startsWith('@') ? fields.slice(1) : fields
  if (key === '' || !namesMatch(names, name)) return undefined
  const blob = Buffer.from(key, 'base64')
  // A line whose key is not of the type it says (or SSH-1 style numbers) trusts nothing, as in OpenSSH.
  return keyTypeOf(blob) === type ? { kind, type, blob } : undefined
}

function kindOf(first: string): keyof HostKnowledge | undefined {
  if (!first.startsWith('@')) return 'trusted'
  if (first === '@revoked') return 'revoked'
  return first === '@cert-authority' ? 'authorities' : undefined
}

function namesMatch(names: string, name: string): boolean {
  if (names.startsWith('|')) return hashMatches(names, name)
  let matched = false
  for (const pattern of names.toLowerCase().split(',')) {
    if (pattern.startsWith('!')) {
      if (globMatches(pattern.slice(1), name)) return false
    } else if (pattern !== '' && globMatches(pattern, name)) matched = true
  }
  return matched
}

/** `|1|salt|hash`: HMAC-SHA1 of the name under the salt. */
function hashMatches(hashed: string, name: string): boolean {
  const [, version, salt = '', hash = '', ...rest] = hashed.split('|')
  if (version !== '1' || rest.length > 0 || hash === '') return false
  return sameBytes(createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest(), Buffer.from(hash, 'base64'))
}

/** `*` and `?` only, in time linear in pattern × name: brackets are literal, since `[host]:port` needs them. */
function globMatches(pattern: string, text: string): boolean {
  let p = 0
  let t = 0
  let star = -1
  let resume = 0
  while (t < text.length) {
    if (p < pattern.length && (pattern[p] === '?' || (pattern[p] !== '*' && pattern[p] === text[t]))) {
      p++
      t++
    } else if (pattern[p] === '*') {
      star = p++
      resume = t
    } else if (star >= 0) {
      p = star + 1
      t = ++resume
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
