import type { RevocationRecord } from './cert-store.ts'
import { caErrors } from './errors.ts'
import { encodeKrl, type Krl, type KrlCertificates, mergeRanges } from './krl.ts'
import { parseKrl } from './krl-reader.ts'
import { parsePublicKeyLine } from './public-key.ts'
import type { SerialRange } from './serial.ts'

/** Hosts whose clock is behind may still take a certificate that has expired here. */
const graceMs = 24 * 60 * 60 * 1000

/** The list that some revocations make: those whose certificates have long expired are left out. */
export function krlOf(records: readonly RevocationRecord[], version: bigint, nowMs: number): Krl {
  const live = records.filter(({ expiresAt }) => expiresAt === '' || Date.parse(expiresAt) + graceMs > nowMs)
  const byCa = new Map<string, { serials: SerialRange[]; keyIds: Set<string> }>()
  const keys = new Set<string>()
  for (const { target } of live) {
    if (target.kind === 'key') {
      keys.add(Buffer.from(parsePublicKeyLine(target.publicKey).blob).toString('base64'))
      continue
    }
    const entry = byCa.get(target.ca) ?? { serials: [], keyIds: new Set() }
    byCa.set(target.ca, entry)
    if (target.kind === 'key_id') entry.keyIds.add(target.keyId)
    else entry.serials.push({ first: BigInt(target.first), last: BigInt(target.last) })
  }
  return {
    version,
    generatedAt: BigInt(Math.floor(nowMs / 1000)),
    comment: '',
    certificates: [...byCa].map(([ca, entry]): KrlCertificates => {
      const serials = mergeRanges(entry.serials)
      return { ca: Buffer.from(ca, 'base64'), serials, keyIds: [...entry.keyIds].sort() }
    }),
    keys: [...keys].map((key) => Buffer.from(key, 'base64')).sort(Buffer.compare),
    sha256: [],
    sha1: [],
  }
}

/**
 * Encodes a list and reads it back: sshd refuses every key on earth while its revocation list is damaged, so nothing is
 * published that does not say exactly what was meant.
 *
 * @throws KRL_SELF_CHECK_FAILED
 */
export function encodeChecked(krl: Krl): Uint8Array {
  try {
    const bytes = encodeKrl(krl)
    const readBack = parseKrl(bytes)
    if (comparable(readBack) === comparable(krl)) return bytes
  } catch (cause) {
    throw selfCheckFailed('it does not read back', cause)
  }
  throw selfCheckFailed('it says something else than was meant')
}

function comparable(krl: Krl): string {
  const hex = (blobs: readonly Uint8Array[]) => blobs.map((blob) => Buffer.from(blob).toString('hex'))
  const certificates = krl.certificates.map(({ ca, serials, keyIds }) => {
    const ranges = serials.map(({ first, last }) => `${first}-${last}`)
    return [hex(ca === undefined ? [] : [ca]), ranges, keyIds]
  })
  const { version, generatedAt, comment } = krl
  return JSON.stringify([`${version}`, `${generatedAt}`, comment, certificates, hex(krl.keys), hex(krl.sha256)])
}

function selfCheckFailed(why: string, cause?: unknown): Error {
  return caErrors.error('KRL_SELF_CHECK_FAILED', { message: `The new revocation list is wrong: ${why}.`, cause })
}
