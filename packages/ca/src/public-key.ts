import { createHash, type KeyObject } from 'node:crypto'
import { printable } from '@sshmcp/kernel'
import { caErrors } from './errors.ts'
import { assertSound, bitsOf, blobOfKeyObject, type KeyFields, readKeyFields } from './key-fields.ts'
import { isKeyType, type KeyType, subjectTypeOf } from './key-type.ts'
import { type Malformed, WireReader } from './wire.ts'

/** A public key that has been checked: well-formed, of a served type, and sound. */
export interface SshPublicKey {
  readonly type: KeyType
  /** The key as SSH sends it; the base64 part of a .pub line. */
  readonly blob: Uint8Array
  readonly bits: number
  /** Free text of whoever made the key; without control characters. */
  readonly comment: string
  /** `SHA256:…` as `ssh-keygen -lf` prints it. */
  readonly fingerprint: string
}

/** A key whose form was checked and its arithmetic not: enough to name it, never to trust it. */
export type PlainKey = Pick<SshPublicKey, 'type' | 'blob' | 'fingerprint'>

/** What is asked of a key beyond being well-formed. */
export interface KeyPolicy {
  /** Default 2048, which is also the least. */
  readonly minRsaBits?: number
  /** Default: every type in {@link keyTypes}. */
  readonly types?: readonly KeyType[]
}

const leastRsaBits = 2048
const maxLineLength = 16_384

/**
 * Reads one line of a `.pub` file, strictly: what is accepted here is accepted by every sshd, and means one key only.
 *
 * @throws KEY_MALFORMED, KEY_TYPE_REFUSED, KEY_TOO_WEAK, KEY_IS_PRIVATE, KEY_IS_CERTIFICATE, KEY_SEVERAL_LINES
 */
export function parsePublicKeyLine(line: string, policy: KeyPolicy = {}): SshPublicKey {
  const { name, base64, comment } = splitLine(line)
  if (subjectTypeOf(name) !== undefined || name.includes('-cert-v')) {
    throw caErrors.error('KEY_IS_CERTIFICATE', { message: 'This is a certificate, not a public key.', field })
  }
  assertServedType(name, policy)
  const blob = Buffer.from(base64, 'base64')
  if (blob.toString('base64') !== base64) throw malformed('its base64 is not in canonical form')
  const key = parsePublicKeyBlob(blob, policy)
  if (key.type !== name) throw malformed(`the line says ${name}, the key itself ${key.type}`)
  return { ...key, comment }
}

function splitLine(text: string): { name: string; base64: string; comment: string } {
  if (text.includes('PRIVATE KEY') || text.startsWith('PuTTY-User-Key-File')) {
    throw caErrors.error('KEY_IS_PRIVATE', { message: 'This is a private key.', field })
  }
  const line = text.replace(/\r?\n$/, '')
  if (/[\r\n]/.test(line)) throw caErrors.error('KEY_SEVERAL_LINES', { message: 'There is more than one line.', field })
  if (line.length > maxLineLength) throw malformed('the line is too long')
  const match = /^[ \t]*([a-z0-9@.-]{1,64})[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]+(.*?))?[ \t]*$/.exec(line)
  const [, name, base64, comment = ''] = match ?? []
  if (name === undefined || base64 === undefined) throw malformed('a line is the type, the key in base64, a comment')
  if (printable(comment) !== comment) throw malformed('the comment holds control characters')
  return { name, base64, comment }
}

function assertServedType(name: string, { types }: KeyPolicy): asserts name is KeyType {
  if (!isKeyType(name)) {
    const why = name === 'ssh-dss' ? 'DSA keys are obsolete' : `${JSON.stringify(name)} is no key type served here`
    throw caErrors.error('KEY_TYPE_REFUSED', { message: `${why}.`, field })
  }
  if (types !== undefined && !types.includes(name)) {
    throw caErrors.error('KEY_TYPE_REFUSED', { message: `The policy does not allow ${name} keys.`, field })
  }
}

/**
 * Reads a public key blob as strictly as {@link parsePublicKeyLine}.
 *
 * @throws KEY_MALFORMED, KEY_TYPE_REFUSED, KEY_TOO_WEAK
 */
export function parsePublicKeyBlob(bytes: Uint8Array, policy: KeyPolicy = {}): SshPublicKey {
  // A copy: later changes to the caller's buffer must not reach a key that has been checked.
  const blob = Buffer.from(bytes)
  const { type, fields } = readBlob(blob, policy, malformed)
  assertSound(fields, Math.max(policy.minRsaBits ?? leastRsaBits, leastRsaBits))
  return { type, blob, bits: bitsOf(fields), comment: '', fingerprint: fingerprintOf(blob) }
}

/**
 * The public half of a node:crypto key.
 *
 * @throws KEY_TYPE_REFUSED
 */
export function publicKeyOf(key: KeyObject): SshPublicKey {
  const blob = blobOfKeyObject(key)
  if (blob === undefined) throw caErrors.error('KEY_TYPE_REFUSED', { message: 'SSH has no such key type.', field })
  // Node made or checked this key: the arithmetic of a stranger's key is not done again.
  const { type, fields } = readBlob(blob, {}, malformed)
  return { type, blob, bits: bitsOf(fields), comment: '', fingerprint: fingerprintOf(blob) }
}

/** Reads a key that only has to be named: the CA of a certificate, a revoked key. Throws what `fail` makes. */
export function readPlainKey(bytes: Uint8Array, fail: Malformed): PlainKey {
  const blob = Buffer.from(bytes)
  const { type } = readBlob(blob, {}, fail)
  return { type, blob, fingerprint: fingerprintOf(blob) }
}

function readBlob(blob: Buffer, policy: KeyPolicy, fail: Malformed): { type: KeyType; fields: KeyFields } {
  const reader = new WireReader(blob, fail)
  const type = reader.text('the key type')
  assertServedType(type, policy)
  const fields = readKeyFields(type, reader)
  reader.end('the key')
  return { type, fields }
}

/** The line of a `.pub` file, without a newline. */
export function formatPublicKeyLine(key: Pick<SshPublicKey, 'type' | 'blob' | 'comment'>): string {
  const base64 = Buffer.from(key.blob).toString('base64')
  return key.comment === '' ? `${key.type} ${base64}` : `${key.type} ${base64} ${key.comment}`
}

/** `SHA256:…` of a key blob. */
export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

/** Tells whether two keys are the same key, whatever their comments. */
export function isSameKey(a: Pick<SshPublicKey, 'blob'>, b: Pick<SshPublicKey, 'blob'>): boolean {
  return Buffer.from(a.blob).equals(b.blob)
}

const field = 'public_key'

function malformed(why: string): Error {
  return caErrors.error('KEY_MALFORMED', { message: `This is not a public key: ${why}.`, field })
}
