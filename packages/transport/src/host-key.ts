import { createHash } from 'node:crypto'

/** A public key blob's fingerprint as `ssh-keygen -lf` prints it: `SHA256:` and unpadded base64. */
export function fingerprint(keyBlob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(keyBlob).digest('base64').replace(/=+$/, '')}`
}

/** The key type that stands at the start of a public key blob, such as `ssh-ed25519`; '' when it is no key blob. */
export function keyTypeOf(keyBlob: Uint8Array): string {
  if (keyBlob.length < 5) return ''
  const length = new DataView(keyBlob.buffer, keyBlob.byteOffset).getUint32(0)
  if (length === 0 || length > 64 || keyBlob.length < 4 + length) return ''
  return new TextDecoder('latin1').decode(keyBlob.subarray(4, 4 + length))
}
