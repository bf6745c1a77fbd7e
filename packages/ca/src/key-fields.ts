import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { isSoundEd25519Point } from './ed25519-point.ts'
import { caErrors } from './errors.ts'
import { type Curve, curveOf, type KeyType } from './key-type.ts'
import { mpint, string, type WireReader } from './wire.ts'

/** The numbers of a public key, apart from how they are written down. */
export type KeyFields =
  | { readonly kind: 'ed25519'; readonly point: Buffer; readonly application?: string }
  | { readonly kind: 'ecdsa'; readonly curve: Curve; readonly point: Buffer; readonly application?: string }
  | { readonly kind: 'rsa'; readonly exponent: Buffer; readonly modulus: Buffer }

const maxRsaBits = 16_384
/** Longer exponents are legal and of no use but to slow a verifier down. */
const maxExponentBytes = 8

/** Reads what follows the type name in a key blob, and what follows the nonce in a certificate: form and lengths only. */
export function readKeyFields(type: KeyType, reader: WireReader): KeyFields {
  const curve = curveOf(type)
  if (type === 'ssh-rsa') return readRsa(reader)
  if (curve !== undefined) return readEcdsa(type, curve, reader)
  const point = reader.string()
  if (point.length !== 32) throw reader.fail(`an Ed25519 key has 32 bytes, this one ${point.length}`)
  return { kind: 'ed25519', point, ...readApplication(type, reader) }
}

function readRsa(reader: WireReader): KeyFields {
  const exponent = reader.mpint('the RSA exponent')
  const modulus = reader.mpint('the RSA modulus')
  return { kind: 'rsa', exponent, modulus }
}

function readEcdsa(type: KeyType, curve: Curve, reader: WireReader): KeyFields {
  const named = reader.text('the curve name')
  if (named !== curve.ssh) throw reader.fail(`the key type and its curve do not agree`)
  const point = reader.string()
  if (point.length !== 1 + 2 * curve.coordinateBytes || point[0] !== 4) {
    throw reader.fail('the curve point is not an uncompressed point of its curve')
  }
  return { kind: 'ecdsa', curve, point, ...readApplication(type, reader) }
}

function readApplication(type: KeyType, reader: WireReader): { readonly application?: string } {
  if (!type.startsWith('sk-')) return {}
  const application = reader.text('the application of the security key')
  if (!/^[\x21-\x7e]{1,256}$/.test(application)) throw reader.fail('the application of the security key is not a name')
  return { application }
}

/** Key size as people speak of it. */
export function bitsOf(fields: KeyFields): number {
  if (fields.kind === 'ed25519') return 256
  if (fields.kind === 'ecdsa') return fields.curve.bits
  return fields.modulus.length * 8 - Math.clz32(fields.modulus[0] ?? 0) + 24
}

/**
 * Refuses keys whose form is right but whose numbers give no security: points off their curve or of small order,
 * RSA with an exponent of 1 or an even number, moduli too short or absurdly long.
 *
 * @throws KEY_TOO_WEAK
 */
export function assertSound(fields: KeyFields, minRsaBits: number): void {
  switch (fields.kind) {
    case 'rsa':
      assertSoundRsa(fields.exponent, fields.modulus, bitsOf(fields), minRsaBits)
      break
    case 'ed25519':
      if (isSoundEd25519Point(fields.point)) break
      throw weak('The Ed25519 key is not a point of its curve that can be trusted.')
    case 'ecdsa':
      assertOnCurve(fields)
  }
}

function assertOnCurve(fields: KeyFields): void {
  try {
    keyObjectOf(fields)
  } catch (cause) {
    throw weak('The ECDSA key is not a point of its curve.', cause)
  }
}

function assertSoundRsa(exponent: Buffer, modulus: Buffer, bits: number, minBits: number): void {
  if (bits < minBits) throw weak(`The RSA key has ${bits} bits; at least ${minBits} are asked for.`)
  if (bits > maxRsaBits) throw weak(`The RSA key has ${bits} bits; at most ${maxRsaBits} are taken.`)
  if (isEven(modulus)) throw weak('The RSA modulus is even.')
  const isOne = exponent.length === 1 && exponent[0] === 1
  if (isOne || isEven(exponent)) throw weak('The RSA exponent must be odd and at least 3.')
  if (exponent.length > maxExponentBytes) throw weak('The RSA exponent is longer than 64 bits.')
}

function isEven(number: Buffer): boolean {
  return ((number.at(-1) ?? 0) & 1) === 0
}

function weak(message: string, cause?: unknown): Error {
  return caErrors.error('KEY_TOO_WEAK', { message, field: 'public_key', cause })
}

/** The key as node:crypto wants it. Throws node's own error for a point off its curve. */
export function keyObjectOf(fields: KeyFields): KeyObject {
  return createPublicKey({ key: jwkOf(fields), format: 'jwk' })
}

function jwkOf(fields: KeyFields): JsonWebKey {
  switch (fields.kind) {
    case 'ed25519':
      return { kty: 'OKP', crv: 'Ed25519', x: fields.point.toString('base64url') }
    case 'ecdsa': {
      const size = fields.curve.coordinateBytes
      const x = fields.point.subarray(1, 1 + size).toString('base64url')
      const y = fields.point.subarray(1 + size).toString('base64url')
      return { kty: 'EC', crv: fields.curve.jwk, x, y }
    }
    case 'rsa':
      return { kty: 'RSA', e: fields.exponent.toString('base64url'), n: fields.modulus.toString('base64url') }
  }
}

/** The SSH blob of a public key that node:crypto made or read; undefined for kinds that SSH has no name for. */
export function blobOfKeyObject(key: KeyObject): Buffer | undefined {
  const jwk = key.export({ format: 'jwk' })
  const bytes = (value: string | undefined) => Buffer.from(value ?? '', 'base64url')
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') return Buffer.concat([string('ssh-ed25519'), string(bytes(jwk.x))])
  if (jwk.kty === 'RSA') return Buffer.concat([string('ssh-rsa'), mpint(bytes(jwk.e)), mpint(bytes(jwk.n))])
  if (jwk.kty !== 'EC') return undefined
  const name = { 'P-256': 'nistp256', 'P-384': 'nistp384', 'P-521': 'nistp521' }[jwk.crv ?? '']
  if (name === undefined) return undefined
  // Node pads the coordinates to the field's full length, as RFC 7518 §6.2.1.2 asks.
  const point = Buffer.concat([Buffer.from([4]), bytes(jwk.x), bytes(jwk.y)])
  return Buffer.concat([string(`ecdsa-sha2-${name}`), string(name), string(point)])
}
