import { generateKeyPairSync, randomBytes } from 'node:crypto'

/** A key pair in OpenSSH's own formats. */
export interface KeyPair {
  /** The text of a private key file, without a passphrase. */
  readonly privateKey: string
  /** The line for authorized_keys: type, key, comment. */
  readonly publicLine: string
}

/**
 * Makes an ed25519 key pair in memory. (ssh2's own generator writes about one in 250 so that it cannot be read back: it drops
 * a leading zero.) Format: PROTOCOL.key of OpenSSH.
 */
export function makeKeyPair(comment = 'sshmcp'): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  // Both encodings of RFC 8410 end with the 32 bytes of the key itself.
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32)
  const publicBlob = Buffer.concat([field('ssh-ed25519'), field(point)])
  const check = randomBytes(4)
  const secret = Buffer.concat([check, check, publicBlob, field(Buffer.concat([seed, point])), field(comment)])
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1))
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    field('none'),
    field('none'),
    field(''),
    Buffer.from([0, 0, 0, 1]),
    field(publicBlob),
    field(Buffer.concat([secret, padding])),
  ])
  const lines = file.toString('base64').match(/.{1,70}/g) ?? []
  return {
    privateKey: `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`,
    publicLine: `ssh-ed25519 ${publicBlob.toString('base64')} ${comment}`,
  }
}

/** An SSH string: its length, then its bytes (RFC 4251 §5). */
function field(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
