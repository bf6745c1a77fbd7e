import { type KeyObject, sign, verify } from 'node:crypto'
import { type KeyFields, keyObjectOf, readKeyFields } from './key-fields.ts'
import type { SshPublicKey } from './public-key.ts'
import { mpint, string, WireReader } from './wire.ts'

/** Checks signatures of one key; the key is read once. */
export type SignatureCheck = (data: Uint8Array, signature: Uint8Array) => boolean

const rsaHashes: Readonly<Record<string, string>> = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' }

/**
 * A check for signatures in SSH's form (`string algorithm, string raw`) by a key that can be a CA here: Ed25519, ECDSA,
 * or RSA with SHA-2. Undefined for security keys. The check answers false for anything malformed; it never throws.
 */
export function signatureCheck(key: SshPublicKey): SignatureCheck | undefined {
  if (key.type.startsWith('sk-')) return undefined
  const reader = new WireReader(key.blob, (why) => new Error(why))
  reader.string()
  const fields = readKeyFields(key.type, reader)
  const keyObject = keyObjectOf(fields)
  return (data, signature) => {
    try {
      return verifyParsed(key, fields, keyObject, data, signature)
    } catch {
      // Whatever does not parse is no signature.
      return false
    }
  }
}

function verifyParsed(
  key: SshPublicKey,
  fields: KeyFields,
  keyObject: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  const reader = new WireReader(signature, (why) => new Error(why))
  const algorithm = reader.text('the algorithm')
  const raw = reader.string()
  reader.end('the signature')
  if (fields.kind === 'rsa') {
    const hash = rsaHashes[algorithm]
    return hash !== undefined && raw.length === fields.modulus.length && verify(hash, data, keyObject, raw)
  }
  if (algorithm !== key.type) return false
  if (fields.kind === 'ed25519') return raw.length === 64 && verify(null, data, keyObject, raw)
  const { hash, coordinateBytes } = fields.curve
  const concatenated = ieeeP1363(raw, coordinateBytes)
  return verify(hash, data, { key: keyObject, dsaEncoding: 'ieee-p1363' }, concatenated)
}

function ieeeP1363(raw: Buffer, coordinateBytes: number): Buffer {
  const reader = new WireReader(raw, (why) => new Error(why))
  const halves = [reader.mpint('r'), reader.mpint('s')]
  reader.end('the numbers')
  return Buffer.concat(
    halves.map((half) => {
      if (half.length > coordinateBytes) throw new Error('too long')
      return Buffer.concat([Buffer.alloc(coordinateBytes - half.length), half])
    }),
  )
}

/** Signs with a private key in SSH's form. RSA signs with SHA-512. */
export function signBlob(publicKey: SshPublicKey, privateKey: KeyObject, data: Uint8Array): Uint8Array {
  switch (publicKey.type) {
    case 'ssh-ed25519':
      return framed('ssh-ed25519', sign(null, data, privateKey))
    case 'ssh-rsa':
      return framed('rsa-sha2-512', sign('sha512', data, privateKey))
    default: {
      const hash = { '256': 'sha256', '384': 'sha384', '521': 'sha512' }[publicKey.type.slice(-3)]
      if (hash === undefined) throw new Error(`no signing with ${publicKey.type}`)
      const raw = sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' })
      const half = raw.length / 2
      return framed(publicKey.type, Buffer.concat([mpint(raw.subarray(0, half)), mpint(raw.subarray(half))]))
    }
  }
}

function framed(algorithm: string, raw: Uint8Array): Buffer {
  return Buffer.concat([string(algorithm), string(raw)])
}
