import { aboutWords, fillerWords, keyKinds, openKeyKinds, openQualifiers, secretEndings, secretWords } from './words.ts'

/**
 * How much a name says about its value: `sure` (anything that is no placeholder goes), `likely` (what looks random
 * goes), `maybe` (only a long random value goes), `none`.
 */
export type Certainty = 'sure' | 'likely' | 'maybe' | 'none'

export interface KeyClass {
  readonly certainty: Certainty
  /** The rule that a masked value is counted under. */
  readonly rule: string
  /** Forty or 64 hexadecimal digits count as a key here, not as a digest. */
  readonly digest?: true
}

const none: KeyClass = { certainty: 'none', rule: '' }

/** `dbPassword`, `DB_PASSWORD` and `db.password` are the same two words. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/(?<=[a-z]{3})\d+$/, ''))
    .filter((word) => word !== '')
}

const ruleOf = (word: string): string => {
  if (/secret/.test(word)) return 'secret'
  if (/token|jwt|pat$/.test(word)) return 'token'
  if (/key/.test(word)) return 'key'
  return /cred/.test(word) ? 'credential' : 'password'
}

function secretAt(words: readonly string[]): number {
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index] ?? ''
    if (secretWords.has(word) || secretEndings.test(word)) return index
  }
  return -1
}

function classifyKeyWord(words: readonly string[], at: number): KeyClass {
  const kind = words[at - 1]
  const before = words.slice(0, at)
  // `primary_access_key` is one of two; `config.secret_key` is a secret one.
  const open = before.findLastIndex(
    (word) => openKeyKinds.has(word) && word !== 'user' && (word !== 'primary' || kind === 'primary'),
  )
  if (open >= 0 && open >= before.lastIndexOf('secret')) return none
  if (kind === undefined) return { certainty: 'maybe', rule: 'key' }
  const named = keyKinds.has(kind) || words.slice(0, at).some((word) => secretWords.has(word))
  if (!named) return { certainty: 'maybe', rule: 'key', digest: true }
  return { certainty: 'likely', rule: kind === 'api' ? 'api-key' : 'key' }
}

const weak: Readonly<Record<string, string>> = {
  session: 'session',
  sessionid: 'session',
  sid: 'session',
  cookie: 'cookie',
  auth: 'credential',
  authorization: 'authorization',
  signature: 'signature',
  sig: 'signature',
  otp: 'otp',
  totp: 'otp',
  seed: 'seed',
  salt: 'salt',
  hmac: 'secret',
  code: 'code',
  pin: 'pin',
  puk: 'pin',
  pincode: 'pin',
  community: 'community',
  webhook: 'webhook',
  dsn: 'credential',
  csrf: 'token',
  xsrf: 'token',
  nonce: 'nonce',
}

/** With one of these a community is SNMP's, which is a password. */
const snmpWords: ReadonlySet<string> = new Set('snmp ro rw trap read write readonly readwrite v1 v2 v2c'.split(' '))

function classifyWords(words: readonly string[]): KeyClass {
  const at = secretAt(words)
  const keyAt = words.findLastIndex((word) => /^(?:api|access|secret|private|auth|enc)?keys?$/.test(word))
  if (keyAt > at || (at < 0 && keyAt >= 0)) {
    const after = words.slice(keyAt + 1)
    if (after.some((word) => aboutWords.has(word))) return none
    if (after.every((word) => fillerWords.has(word))) return classifyKeyWord(words, keyAt)
    return { certainty: 'maybe', rule: 'key' }
  }
  if (at < 0) {
    const rule = weak[words.at(-1) ?? '']
    if (rule === 'community') return { certainty: words.some((word) => snmpWords.has(word)) ? 'sure' : 'likely', rule }
    return rule === undefined ? none : { certainty: 'maybe', rule }
  }
  const word = words[at] ?? ''
  // `NOPASSWD` of sudoers says that there is none.
  if (/^no(?:pass|secret|token)/.test(word)) return none
  const after = words.slice(at + 1)
  const before = words.slice(0, at)
  if (after.some((item) => aboutWords.has(item))) return none
  if (before.some((item) => openQualifiers.has(item)) && !/pass|pwd/.test(word)) return none
  const plural =
    /(?:passwords|secrets)$/.test(word) || word === 'pat' || word === 'jwt' || word.startsWith('cred') || word === 'pw'
  const certain = after.every((item) => fillerWords.has(item)) && !plural
  return { certainty: certain ? 'sure' : 'likely', rule: ruleOf(word) }
}

/** Remembers what it was asked, since logs repeat their names. */
export function createKeyClassifier(): (name: string) => KeyClass {
  const known = new Map<string, KeyClass>()
  return (name) => {
    const seen = known.get(name)
    if (seen !== undefined) return seen
    const answer = name.length > 120 ? none : classifyWords(wordsOf(name))
    if (known.size >= 2048) known.clear()
    known.set(name, answer)
    return answer
  }
}
