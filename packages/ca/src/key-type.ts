/** Key types that can be the subject of a certificate or stand in authorized_keys. */
export const keyTypes = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
] as const
/** One of {@link keyTypes}. */
export type KeyType = (typeof keyTypes)[number]

/** Tells whether a name is one of {@link keyTypes}. */
export function isKeyType(name: string): name is KeyType {
  return keyTypes.some((type) => type === name)
}

/** What a certificate for a key of this type calls itself. */
export function certificateTypeOf(type: KeyType): string {
  return `${type.replace('@openssh.com', '')}-cert-v01@openssh.com`
}

/** The key type inside a certificate type; undefined for a name that is not one. */
export function subjectTypeOf(certificateType: string): KeyType | undefined {
  return keyTypes.find((type) => certificateTypeOf(type) === certificateType)
}

/** A NIST curve: its names in SSH and in JWK, and the bytes of one coordinate. */
export interface Curve {
  readonly ssh: 'nistp256' | 'nistp384' | 'nistp521'
  readonly jwk: 'P-256' | 'P-384' | 'P-521'
  readonly hash: 'sha256' | 'sha384' | 'sha512'
  readonly coordinateBytes: number
  readonly bits: number
}

const p256: Curve = { ssh: 'nistp256', jwk: 'P-256', hash: 'sha256', coordinateBytes: 32, bits: 256 }
const p384: Curve = { ssh: 'nistp384', jwk: 'P-384', hash: 'sha384', coordinateBytes: 48, bits: 384 }
const p521: Curve = { ssh: 'nistp521', jwk: 'P-521', hash: 'sha512', coordinateBytes: 66, bits: 521 }

/** The curve of an ECDSA key type; undefined for the others. */
export function curveOf(type: KeyType): Curve | undefined {
  switch (type) {
    case 'ecdsa-sha2-nistp256':
    case 'sk-ecdsa-sha2-nistp256@openssh.com':
      return p256
    case 'ecdsa-sha2-nistp384':
      return p384
    case 'ecdsa-sha2-nistp521':
      return p521
    default:
      return undefined
  }
}
