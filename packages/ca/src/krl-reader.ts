import { caErrors } from './errors.ts'
import { emptyKrl, type Krl, type KrlCertificates, krlMagic, krlSection, krlSerials, mergeRanges } from './krl.ts'
import { readPlainKey } from './public-key.ts'
import type { SerialRange } from './serial.ts'
import { WireReader } from './wire.ts'

const maxKrlBytes = 32 * 1024 * 1024
/** OpenSSH's own limit for one bitmap. */
const maxBitmapBits = 1 << 24
const lastSerial = 2n ** 64n - 1n

/**
 * Reads a revocation list of ours or of `ssh-keygen -k`. An empty file revokes nothing, as for sshd.
 *
 * @throws KRL_MALFORMED for whatever sshd would refuse, and for signed lists and unknown sections
 */
export function parseKrl(bytes: Uint8Array): Krl {
  if (bytes.length === 0) return emptyKrl(0n, 0n)
  if (bytes.length > maxKrlBytes) throw malformed('it is too long')
  const reader = new WireReader(Buffer.from(bytes), malformed)
  if (!reader.bytes(Math.min(8, reader.remaining)).equals(krlMagic)) throw malformed('it does not begin as one')
  if (reader.u32() !== 1) throw malformed('its format version is unknown')
  const version = reader.u64()
  const generatedAt = reader.u64()
  if (reader.u64() !== 0n) throw malformed('it has flags set')
  reader.string()
  const comment = reader.text('the comment')
  return { ...readSections(reader), version, generatedAt, comment }
}

type Sections = Pick<Krl, 'certificates' | 'keys' | 'sha256' | 'sha1'>

function readSections(reader: WireReader): Sections {
  const certificates: KrlCertificates[] = []
  const keys: Uint8Array[] = []
  const sha256: Uint8Array[] = []
  const sha1: Uint8Array[] = []
  while (reader.remaining > 0) {
    const type = reader.u8()
    const section = reader.nested()
    if (type === krlSection.certificates) certificates.push(readCertificates(section))
    else if (type === krlSection.keys) keys.push(...readAll(section).map(plainKey))
    else if (type === krlSection.sha256) sha256.push(...readAll(section, 32))
    else if (type === krlSection.sha1) sha1.push(...readAll(section, 20))
    else throw malformed(`it has a section of kind ${type}`)
  }
  return { certificates, keys, sha256, sha1 }
}

function readAll(reader: WireReader, length?: number): Buffer[] {
  const values: Buffer[] = []
  while (reader.remaining > 0) {
    const value = reader.string()
    if (length !== undefined && value.length !== length) throw malformed('a fingerprint has the wrong length')
    values.push(value)
  }
  return values
}

/** Form only: a weak key is one more reason to let it be revoked. */
function plainKey(blob: Buffer): Buffer {
  if (blob.length < 12) throw malformed('a revoked key is no key')
  return blob
}

function readCertificates(reader: WireReader): KrlCertificates {
  const caBlob = reader.string()
  const ca = caBlob.length === 0 ? undefined : checkedCa(caBlob)
  reader.string()
  const serials: SerialRange[] = []
  const keyIds: string[] = []
  while (reader.remaining > 0) {
    const type = reader.u8()
    const section = reader.nested()
    if (type === krlSerials.keyId) keyIds.push(...readAll(section).map((id) => id.toString('utf8')))
    else for (const range of readSerials(type, section)) serials.push(range)
  }
  return { ca, serials: mergeRanges(serials), keyIds }
}

function checkedCa(blob: Buffer): Buffer {
  try {
    readPlainKey(blob, malformed)
    return blob
  } catch (cause) {
    throw malformed('the key of a CA in it is malformed', cause)
  }
}

function readSerials(type: number, section: WireReader): readonly SerialRange[] {
  switch (type) {
    case krlSerials.list: {
      const ranges: SerialRange[] = []
      while (section.remaining > 0) {
        const serial = section.u64()
        ranges.push({ first: serial, last: serial })
      }
      return ranges
    }
    case krlSerials.range: {
      const range = { first: section.u64(), last: section.u64() }
      section.end('a serial range')
      return [range]
    }
    case krlSerials.bitmap:
      return readBitmap(section)
    default:
      throw malformed(`it revokes certificates in an unknown way (${type})`)
  }
}

/** Bit i of the number set: serial offset + i is revoked. */
function readBitmap(section: WireReader): readonly SerialRange[] {
  const offset = section.u64()
  const bitmap = section.mpint('a serial bitmap')
  section.end('a serial bitmap')
  if (bitmap.length * 8 > maxBitmapBits) throw malformed('a serial bitmap is too long')
  const ranges: SerialRange[] = []
  let first: number | undefined
  const bits = bitmap.length * 8
  for (let bit = 0; bit <= bits; bit++) {
    const byte = bitmap[bitmap.length - 1 - (bit >> 3)] ?? 0
    const isSet = bit < bits && (byte & (1 << (bit & 7))) !== 0
    if (isSet && first === undefined) first = bit
    if (isSet || first === undefined) continue
    const last = offset + BigInt(bit - 1)
    if (last > lastSerial) throw malformed('a serial bitmap passes the last serial')
    ranges.push({ first: offset + BigInt(first), last })
    first = undefined
  }
  return ranges
}

function malformed(why: string, cause?: unknown): Error {
  return caErrors.error('KRL_MALFORMED', {
    message: `This is not a revocation list that sshd would take: ${why}.`,
    cause,
  })
}
