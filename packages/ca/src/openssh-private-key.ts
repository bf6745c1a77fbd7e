import type { KeyObject } from 'node:crypto'
import { Secret } from '@sshmcp/kernel'
import { string, u32 } from './wire.ts'

/**
 * An Ed25519 private key in OpenSSH's own file format (PROTOCOL.key), unencrypted: the only one that every `ssh` reads.
 * For the throw-away key of a test login.
 */
export function opensshPrivateKey(privateKey: Secret<KeyObject>): Secret {
  const { x, d } = privateKey.reveal().export({ format: 'jwk' })
  const publicBytes = Buffer.from(x ?? '', 'base64url')
  const publicBlob = Buffer.concat([string('ssh-ed25519'), string(publicBytes)])
  const both = Buffer.concat([Buffer.from(d ?? '', 'base64url'), publicBytes])
  // Two equal numbers let a reader of an encrypted file see that it decrypted; here nothing is.
  const plain = Buffer.concat([u32(1), u32(1), publicBlob, string(both), string('')])
  const padding = Buffer.from(Array.from({ length: (8 - (plain.length % 8)) % 8 }, (_, at) => at + 1))
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0', 'latin1'),
    string('none'),
    string('none'),
    string(''),
    u32(1),
    string(publicBlob),
    string(Buffer.concat([plain, padding])),
  ])
  const lines = file.toString('base64').match(/.{1,70}/g) ?? []
  return new Secret(`-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`)
}
