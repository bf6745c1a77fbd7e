import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { type KeyType, parsePublicKeyBlob, publicKeyOf, type SshPublicKey } from '@sshmcp/ca'

/** A subject key; security keys have no private half here. */
export interface SampleKey {
  readonly publicKey: SshPublicKey
  readonly privateKey: KeyObject | undefined
}

export function sshString(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** The .pub line of some fields, right or wrong. */
export function lineOf(type: string, ...fields: readonly (string | Uint8Array)[]): string {
  return `${type} ${Buffer.concat([sshString(type), ...fields.map(sshString)]).toString('base64')} sample`
}

function pairOf(type: KeyType): { publicKey: KeyObject; privateKey: KeyObject } {
  switch (type) {
    case 'ssh-rsa':
      return generateKeyPairSync('rsa', { modulusLength: 2048 })
    case 'ecdsa-sha2-nistp256':
    case 'sk-ecdsa-sha2-nistp256@openssh.com':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    case 'ecdsa-sha2-nistp384':
      return generateKeyPairSync('ec', { namedCurve: 'P-384' })
    case 'ecdsa-sha2-nistp521':
      return generateKeyPairSync('ec', { namedCurve: 'P-521' })
    default:
      return generateKeyPairSync('ed25519')
  }
}

/** A fresh key of a type. A security key is a plain one dressed as OpenSSH's PROTOCOL.u2f has it. */
export function sampleKey(type: KeyType): SampleKey {
  const pair = pairOf(type)
  const plain = publicKeyOf(pair.publicKey)
  if (!type.startsWith('sk-')) return { publicKey: plain, privateKey: pair.privateKey }
  const fields = Buffer.from(plain.blob).subarray(4 + plain.type.length)
  return {
    publicKey: parsePublicKeyBlob(Buffer.concat([sshString(type), fields, sshString('ssh:')])),
    privateKey: undefined,
  }
}

/** The same bytes with one change: a flipped bit, a cut, an insertion, a doubled piece, or a changed length field. */
export function mutated(bytes: Uint8Array): Buffer {
  const [kind = 0, value = 0] = randomBytes(2)
  const at = randomBytes(4).readUInt32BE() % bytes.length
  const copy = Buffer.from(bytes)
  switch (kind % 6) {
    case 0:
      return copy.subarray(0, at)
    case 1:
      return Buffer.concat([copy.subarray(0, at), randomBytes(1 + (value % 8)), copy.subarray(at)])
    case 2:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(Math.max(0, at - (1 + (value % 32))))])
    case 3:
      copy[at] = value === copy[at] ? value ^ 255 : value
      return copy
    case 4:
      return Buffer.concat([copy, randomBytes(1 + (value % 16))])
    default:
      copy[at] = (copy[at] ?? 0) ^ (1 << (value % 8))
      return copy
  }
}
