import { createHash } from 'node:crypto'
import { caErrors } from './errors.ts'
import type { SshPublicKey } from './public-key.ts'
import type { SerialRange } from './serial.ts'
import { string, u8, u32, u64 } from './wire.ts'

/** Revoked certificates of one CA, or of every CA. */
export interface KrlCertificates {
  /** The CA's key blob; undefined: whichever CA signed. */
  readonly ca: Uint8Array | undefined
  /** Sorted, apart from each other, never with serial 0. */
  readonly serials: readonly SerialRange[]
  readonly keyIds: readonly string[]
}

/** What a key revocation list says. */
export interface Krl {
  /** Grows with each list that is published. */
  readonly version: bigint
  /** Unix seconds. */
  readonly generatedAt: bigint
  readonly comment: string
  readonly certificates: readonly KrlCertificates[]
  /** Blobs of plain keys. Revokes the key, every certificate for it, and every certificate signed by it. */
  readonly keys: readonly Uint8Array[]
  /** SHA-256 of key blobs: as `keys`, without telling which. */
  readonly sha256: readonly Uint8Array[]
  /** SHA-1 of key blobs; read from lists of others, never written. */
  readonly sha1: readonly Uint8Array[]
}

export const krlMagic = Buffer.from('SSHKRL\n\0', 'latin1')
export const krlSection = { certificates: 1, keys: 2, sha1: 3, signature: 4, sha256: 5 } as const
export const krlSerials = { list: 0x20, range: 0x21, bitmap: 0x22, keyId: 0x23 } as const

/** A list that revokes nothing. */
export function emptyKrl(version: bigint, generatedAt: bigint): Krl {
  return { version, generatedAt, comment: '', certificates: [], keys: [], sha256: [], sha1: [] }
}

/**
 * Writes a revocation list in the format of OpenSSH (PROTOCOL.krl), unsigned: newer versions refuse signed lists.
 *
 * @throws KRL_MALFORMED for what would make sshd refuse the whole file, and with it every login: serial 0, a turned range
 */
export function encodeKrl(krl: Krl): Uint8Array {
  if (krl.sha1.length > 0) throw refused('SHA-1 fingerprints are not written')
  const sections = [
    ...krl.certificates.map((entry) => section(krlSection.certificates, certificatesOf(entry))),
    ...(krl.keys.length === 0 ? [] : [section(krlSection.keys, blobs(krl.keys))]),
    ...(krl.sha256.length === 0 ? [] : [section(krlSection.sha256, blobs(krl.sha256))]),
  ]
  return Buffer.concat([
    krlMagic,
    u32(1),
    u64(krl.version),
    u64(krl.generatedAt),
    u64(0n),
    string(''),
    string(krl.comment),
    ...sections,
  ])
}

function certificatesOf(entry: KrlCertificates): Buffer {
  const ranges = mergeRanges(entry.serials)
  const single = ranges.filter(({ first, last }) => first === last)
  const wide = ranges.filter(({ first, last }) => first !== last)
  return Buffer.concat([
    string(entry.ca ?? ''),
    string(''),
    ...(single.length === 0 ? [] : [section(krlSerials.list, Buffer.concat(single.map(({ first }) => u64(first))))]),
    ...wide.map(({ first, last }) => section(krlSerials.range, Buffer.concat([u64(first), u64(last)]))),
    ...(entry.keyIds.length === 0 ? [] : [section(krlSerials.keyId, Buffer.concat(entry.keyIds.map(string)))]),
  ])
}

/** Sorted ranges without overlap; neighbours become one. */
export function mergeRanges(ranges: readonly SerialRange[]): readonly SerialRange[] {
  const sorted = [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))
  const merged: SerialRange[] = []
  for (const range of sorted) {
    if (range.first < 1n || range.last < range.first) throw refused('serial 0 or a turned range cannot be revoked')
    const previous = merged.at(-1)
    if (previous === undefined || range.first > previous.last + 1n) merged.push(range)
    else if (range.last > previous.last) merged[merged.length - 1] = { first: previous.first, last: range.last }
  }
  return merged
}

/** sshd wants fingerprints and keys sorted. */
function blobs(values: readonly Uint8Array[]): Buffer {
  return Buffer.concat([...values].sort(Buffer.compare).map(string))
}

function section(type: number, data: Buffer): Buffer {
  return Buffer.concat([u8(type), string(data)])
}

/** The SHA-256 by which a list can revoke a key without naming it. */
export function revocationHash(key: Pick<SshPublicKey, 'blob'>): Uint8Array {
  return createHash('sha256').update(key.blob).digest()
}

function refused(why: string): Error {
  return caErrors.error('KRL_MALFORMED', { message: `The revocation list cannot be written: ${why}.` })
}
