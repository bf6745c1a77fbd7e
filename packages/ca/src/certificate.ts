import {
  type CertificateExtension,
  type CriticalOptions,
  encodeCriticalOptions,
  encodeExtensions,
  readCriticalOptions,
  readExtensions,
} from './certificate-options.ts'
import { caErrors } from './errors.ts'
import { readKeyFields } from './key-fields.ts'
import { certificateTypeOf, subjectTypeOf } from './key-type.ts'
import { fingerprintOf, type PlainKey, readPlainKey, type SshPublicKey } from './public-key.ts'
import { string, u32, u64, WireReader } from './wire.ts'

/** What a user certificate says, before it is signed. Times are Unix seconds. */
export interface CertificateContent {
  readonly subject: SshPublicKey
  /** Never 0: a revocation list cannot name serial 0. */
  readonly serial: bigint
  /** Shown in sshd's log line of each login. */
  readonly keyId: string
  readonly principals: readonly string[]
  readonly validAfter: number
  /** The first second in which it is no longer valid. */
  readonly validBefore: number
  readonly critical: CriticalOptions
  readonly extensions: readonly CertificateExtension[]
}

/** A certificate as it was read. Reading says nothing about trust: that is {@link verifyCertificate}. */
export interface ParsedCertificate {
  readonly kind: 'user' | 'host'
  /** The plain key it is for. Its arithmetic was not checked: whoever signed it vouches for it. */
  readonly subject: PlainKey
  readonly serial: bigint
  readonly keyId: string
  readonly principals: readonly string[]
  /** Unix seconds; 0 is always. */
  readonly validAfter: bigint
  /** Unix seconds; 2^64-1 is for ever. */
  readonly validBefore: bigint
  readonly critical: CriticalOptions
  readonly extensions: readonly string[]
  readonly ca: PlainKey
  /** The bytes that the signature covers. */
  readonly signed: Uint8Array
  readonly signature: Uint8Array
  readonly blob: Uint8Array
}

const userCertificate = 1
const hostCertificate = 2
/** OpenSSH's own limit (SSHKEY_CERT_MAX_PRINCIPALS). */
const maxPrincipals = 256
const maxCertificateBytes = 262_144

/** The bytes that a CA signs (PROTOCOL.certkeys of OpenSSH). `nonce`: 32 random bytes. */
export function encodeToSign(content: CertificateContent, ca: SshPublicKey, nonce: Uint8Array): Buffer {
  return Buffer.concat([
    string(certificateTypeOf(content.subject.type)),
    string(nonce),
    subjectFieldsOf(content.subject),
    u64(content.serial),
    u32(userCertificate),
    string(content.keyId),
    string(Buffer.concat(content.principals.map(string))),
    u64(BigInt(content.validAfter)),
    u64(BigInt(content.validBefore)),
    string(encodeCriticalOptions(content.critical)),
    string(encodeExtensions(content.extensions)),
    string(''),
    string(ca.blob),
  ])
}

/** A key blob without its type name: copied into the certificate as it is. */
function subjectFieldsOf(subject: SshPublicKey): Uint8Array {
  return subject.blob.subarray(4 + Buffer.byteLength(subject.type))
}

/** Puts the signature behind what it signs. */
export function encodeSigned(signed: Uint8Array, signature: Uint8Array): Buffer {
  return Buffer.concat([signed, string(signature)])
}

/**
 * Reads one certificate, strictly: exact length, sorted known critical options, numbers in their one valid form.
 *
 * @throws CERT_MALFORMED
 */
export function parseCertificate(bytes: Uint8Array): ParsedCertificate {
  if (bytes.length > maxCertificateBytes) throw malformed('it is too long')
  const blob = Buffer.from(bytes)
  const reader = new WireReader(blob, malformed)
  const subject = readSubject(reader)
  const serial = reader.u64()
  const kind = readKind(reader)
  const keyId = reader.text('the key id')
  const principals = readPrincipals(reader.nested())
  const validAfter = reader.u64()
  const validBefore = reader.u64()
  const critical = readCriticalOptions(reader.nested())
  const extensions = readExtensions(reader.nested())
  if (reader.string().length > 0) throw malformed('its reserved field is not empty')
  const ca = readCa(reader.string())
  const signed = blob.subarray(0, reader.position)
  const signature = reader.string()
  reader.end('the certificate')
  const content = { kind, subject, serial, keyId, principals, validAfter, validBefore, critical, extensions }
  return { ...content, ca, signed, signature, blob }
}

function readSubject(reader: WireReader): ParsedCertificate['subject'] {
  const name = reader.text('the certificate type')
  const type = subjectTypeOf(name)
  if (type === undefined) throw malformed(`${JSON.stringify(name.slice(0, 80))} is no certificate type`)
  if (reader.string().length < 16) throw malformed('its nonce is too short')
  const start = reader.position
  readKeyFields(type, reader)
  const blob = Buffer.concat([string(type), reader.since(start)])
  return { type, blob, fingerprint: fingerprintOf(blob) }
}

function readKind(reader: WireReader): ParsedCertificate['kind'] {
  const kind = reader.u32()
  if (kind === userCertificate) return 'user'
  if (kind === hostCertificate) return 'host'
  throw malformed('it is neither for a user nor for a host')
}

function readPrincipals(reader: WireReader): readonly string[] {
  const principals: string[] = []
  while (reader.remaining > 0) {
    if (principals.length === maxPrincipals) throw malformed(`it has more than ${maxPrincipals} principals`)
    principals.push(reader.text('a principal'))
  }
  return principals
}

function readCa(blob: Buffer): PlainKey {
  try {
    return readPlainKey(blob, malformed)
  } catch (cause) {
    throw malformed('the key of its CA is malformed or of a type that is not served', cause)
  }
}

/**
 * Reads the line of a `-cert.pub` file.
 *
 * @throws CERT_MALFORMED
 */
export function parseCertificateLine(line: string): ParsedCertificate {
  const match = /^([a-z0-9@.-]{1,80}) ([A-Za-z0-9+/]+={0,2})(?: [^\r\n]*)?\r?\n?$/.exec(line)
  const [, name, base64] = match ?? []
  if (name === undefined || base64 === undefined) throw malformed('it is not one line: type, base64, comment')
  const blob = Buffer.from(base64, 'base64')
  if (blob.toString('base64') !== base64) throw malformed('its base64 is not in canonical form')
  const certificate = parseCertificate(blob)
  if (certificateTypeOf(certificate.subject.type) !== name)
    throw malformed('the line and the certificate name different types')
  return certificate
}

/** The line of a `-cert.pub` file, without a newline. */
export function formatCertificateLine(certificate: Pick<ParsedCertificate, 'subject' | 'blob'>, comment = ''): string {
  const base64 = Buffer.from(certificate.blob).toString('base64')
  return `${certificateTypeOf(certificate.subject.type)} ${base64}${comment === '' ? '' : ` ${comment}`}`
}

function malformed(why: string, cause?: unknown): Error {
  return caErrors.error('CERT_MALFORMED', {
    message: `This is not a certificate: ${why}.`,
    field: 'certificate',
    cause,
  })
}
