import { createHash } from 'node:crypto'
import type { ParsedCertificate } from './certificate.ts'
import type { Krl, KrlCertificates } from './krl.ts'
import type { SshPublicKey } from './public-key.ts'
import type { SerialRange } from './serial.ts'

/** What in a revocation list hits a certificate or key. */
export type RevocationKind = 'serial' | 'key_id' | 'key' | 'ca_key'

/**
 * What in a list revokes a certificate or a plain key, as sshd judges: by its key, by its CA's key, by key id, by serial.
 * Undefined when nothing does. Serial 0 stands for "no serial" and is never hit.
 */
export function revocationOf(krl: Krl, subject: ParsedCertificate | SshPublicKey): RevocationKind | undefined {
  if (!('ca' in subject)) return isKeyRevoked(krl, subject.blob) ? 'key' : undefined
  if (isKeyRevoked(krl, subject.subject.blob)) return 'key'
  if (isKeyRevoked(krl, subject.ca.blob)) return 'ca_key'
  for (const entry of krl.certificates) {
    const isConcerned = entry.ca === undefined || same(entry.ca, subject.ca.blob)
    const hit = isConcerned ? hitBy(entry, subject) : undefined
    if (hit !== undefined) return hit
  }
  return undefined
}

function hitBy(entry: KrlCertificates, certificate: ParsedCertificate): RevocationKind | undefined {
  if (entry.keyIds.includes(certificate.keyId)) return 'key_id'
  return certificate.serial !== 0n && isIn(entry.serials, certificate.serial) ? 'serial' : undefined
}

/** By halves: the ranges are sorted and apart. */
function isIn(ranges: readonly SerialRange[], serial: bigint): boolean {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = ranges[middle]
    if (range === undefined) return false
    if (serial < range.first) high = middle - 1
    else if (serial > range.last) low = middle + 1
    else return true
  }
  return false
}

function isKeyRevoked(krl: Krl, blob: Uint8Array): boolean {
  if (krl.keys.some((key) => same(key, blob))) return true
  const hashed = (algorithm: string, hashes: readonly Uint8Array[]) =>
    hashes.length > 0 && hashes.some((hash) => same(hash, createHash(algorithm).update(blob).digest()))
  return hashed('sha256', krl.sha256) || hashed('sha1', krl.sha1)
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
