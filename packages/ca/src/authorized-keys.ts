import { caErrors } from './errors.ts'
import { parseIpNetwork } from './ip-network.ts'
import { readPlainKey, type SshPublicKey } from './public-key.ts'

/** A line of ours in an authorized_keys file. */
export interface AuthorizedKey {
  /** Letters, digits, `_` and `-`, at most 64. */
  readonly keyId: string
  readonly publicKey: SshPublicKey
  /** Unix seconds; sshd refuses the key from then on, whether or not the line is swept. */
  readonly expiresAt: number
  /** Default true: a terminal is the one thing given back after `restrict`. */
  readonly permitsTerminal?: boolean
  readonly sourceAddresses?: readonly string[]
  readonly forceCommand?: string
  /**
   * For hosts older than OpenSSH 9.1, which know no times in UTC: the expiry as the host's own clock shows it, 14 digits
   * (`date -d @… +%Y%m%d%H%M%S`). Left out: UTC.
   */
  readonly localExpiry?: string
}

/** A line of ours as it was found. */
export interface FoundKey {
  readonly keyId: string
  readonly expiresAt: number
  /** Type and base64. */
  readonly publicKey: string
}

/** A changed file, and what was done to it. */
export interface AuthorizedKeysEdit {
  readonly bytes: Uint8Array
  /** Ours that were taken out because they had expired. */
  readonly pruned: readonly FoundKey[]
  /** Ours that were taken out because that was asked. */
  readonly removed: readonly FoundKey[]
}

const keyIdPattern = /^[A-Za-z0-9_-]{1,64}$/
const ownLine =
  /^restrict,(?:pty,)?expiry-time="\d{14}Z?"(?:,from="[^"]*")?(?:,command="(?:[^"\\]|\\"|\\)*")? ([a-z0-9@.-]+ [A-Za-z0-9+/]+={0,2}) sshmcp:id=([A-Za-z0-9_-]{1,64}) exp=(\d{1,12})$/

/**
 * The line itself: `restrict` first, so that whatever later versions of sshd may switch on stays off.
 *
 * @throws KEY_ENTRY_INVALID
 */
export function renderAuthorizedKey(key: AuthorizedKey): string {
  if (!keyIdPattern.test(key.keyId)) throw invalid('The key_id may hold letters, digits, _ and - only.', 'key_id')
  const options = [
    'restrict',
    ...(key.permitsTerminal === false ? [] : ['pty']),
    `expiry-time="${expiryOf(key)}"`,
    ...(key.sourceAddresses === undefined ? [] : [`from="${key.sourceAddresses.map(checkedNetwork).join(',')}"`]),
    ...(key.forceCommand === undefined ? [] : [`command="${quoted(key.forceCommand)}"`]),
  ]
  const base64 = Buffer.from(key.publicKey.blob).toString('base64')
  return `${options.join(',')} ${key.publicKey.type} ${base64} sshmcp:id=${key.keyId} exp=${key.expiresAt}`
}

function expiryOf({ expiresAt, localExpiry }: AuthorizedKey): string {
  if (!Number.isSafeInteger(expiresAt) || expiresAt < 1 || expiresAt > 253_402_300_799) {
    throw invalid('The expiry is not a time.', 'ttl_seconds')
  }
  if (localExpiry === undefined) return `${new Date(expiresAt * 1000).toISOString().replace(/\.\d+Z$|[-T:]/g, '')}Z`
  if (!/^\d{14}$/.test(localExpiry)) throw invalid('The local expiry is not 14 digits.')
  return localExpiry
}

function checkedNetwork(text: string): string {
  const network = parseIpNetwork(text)
  if (network === undefined) throw invalid('A source is no address or network that sshd takes.')
  return network
}

/** sshd knows one escape, `\"`; a backslash at the end would swallow the closing quote. */
function quoted(command: string): string {
  const isClean = !/[\0\r\n]/.test(command) && command.trim() !== '' && !command.endsWith('\\')
  if (!isClean) throw invalid('A forced command is one line, not empty, and does not end with a backslash.')
  return command.replaceAll('"', '\\"')
}

/**
 * Puts a key into a file, and takes out our own expired ones. Every other byte stays as it is, a missing newline at the
 * end too, so that taking the key out again gives back the file that was there.
 *
 * @throws KEY_ENTRY_INVALID, KEY_ID_TAKEN
 */
export function addAuthorizedKey(file: Uint8Array, key: AuthorizedKey, nowSeconds: number): AuthorizedKeysEdit {
  const line = Buffer.from(renderAuthorizedKey(key)).toString('latin1')
  const { lines, pruned } = withoutOwn(file, (found) => found.expiresAt <= nowSeconds)
  if (lines.some((other) => ownKey(other)?.keyId === key.keyId)) {
    throw caErrors.error('KEY_ID_TAKEN', { message: `The file has a key ${key.keyId} already.`, field: 'key_id' })
  }
  const at = lines.at(-1) === '' ? lines.length - 1 : lines.length
  return { bytes: joined(lines.toSpliced(at, 0, line)), pruned, removed: [] }
}

/** Takes a key of ours out by its id, and our own expired ones with it. Nothing to take out is no error. */
export function removeAuthorizedKey(file: Uint8Array, keyId: string, nowSeconds: number): AuthorizedKeysEdit {
  const edit = withoutOwn(file, (found) => found.keyId === keyId || found.expiresAt <= nowSeconds)
  const removed = edit.pruned.filter((found) => found.keyId === keyId)
  return { bytes: joined(edit.lines), removed, pruned: edit.pruned.filter((found) => found.keyId !== keyId) }
}

/** Takes out our own expired keys. */
export function pruneAuthorizedKeys(file: Uint8Array, nowSeconds: number): AuthorizedKeysEdit {
  const { lines, pruned } = withoutOwn(file, (found) => found.expiresAt <= nowSeconds)
  return { bytes: joined(lines), pruned, removed: [] }
}

/** Our own keys in a file, in order. */
export function listAuthorizedKeys(file: Uint8Array): readonly FoundKey[] {
  return split(file).flatMap((line) => ownKey(line) ?? [])
}

/** Tells whether a line that is not ours holds this key: a restriction of ours would not hold it back then. */
export function hasForeignLineFor(file: Uint8Array, key: SshPublicKey): boolean {
  const base64 = Buffer.from(key.blob).toString('base64')
  return split(file).some((line) => {
    const isComment = /^[ \t]*(#|$)/.test(line)
    return !isComment && ownKey(line) === undefined && line.split(/[ \t\r]+/).includes(base64)
  })
}

function withoutOwn(file: Uint8Array, isGoing: (found: FoundKey) => boolean): { lines: string[]; pruned: FoundKey[] } {
  const pruned: FoundKey[] = []
  const lines = split(file).filter((line) => {
    const found = ownKey(line)
    if (found === undefined || !isGoing(found)) return true
    pruned.push(found)
    return false
  })
  return { lines, pruned }
}

/** Ours are told by their whole form: a comment that only looks like our tag makes nobody's line ours. */
function ownKey(line: string): FoundKey | undefined {
  const [, publicKey, keyId, exp] = ownLine.exec(line) ?? []
  if (publicKey === undefined || keyId === undefined || exp === undefined) return undefined
  return isKey(publicKey) ? { keyId, expiresAt: Number(exp), publicKey } : undefined
}

/** Form only: this is asked of every line of ours in every edit. */
function isKey(text: string): boolean {
  const [type, base64 = ''] = text.split(' ')
  try {
    return readPlainKey(Buffer.from(base64, 'base64'), (why) => new Error(why)).type === type
  } catch {
    // A line that we could not have written is somebody else's.
    return false
  }
}

/** One character per byte (latin1), so that whatever others wrote comes out as it went in. */
function split(file: Uint8Array): string[] {
  return Buffer.from(file).toString('latin1').split('\n')
}

function joined(lines: readonly string[]): Uint8Array {
  return Buffer.from(lines.join('\n'), 'latin1')
}

function invalid(message: string, field?: string): Error {
  return caErrors.error('KEY_ENTRY_INVALID', field === undefined ? { message } : { message, field })
}
