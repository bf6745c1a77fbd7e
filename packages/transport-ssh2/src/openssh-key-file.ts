const magic = 'openssh-key-v1\0'

/**
 * The public key that an OpenSSH private key file carries in the clear, even when the private part has a passphrase: it tells
 * which key of the agent is the same one. Undefined when the file has another form (PROTOCOL.key of OpenSSH).
 */
export function publicBlobOf(text: string): Buffer | undefined {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END/.exec(text)?.[1]
  if (body === undefined) return undefined
  const bytes = Buffer.from(body, 'base64')
  if (bytes.subarray(0, magic.length).toString('latin1') !== magic) return undefined
  let at = magic.length
  const take = (): Buffer | undefined => {
    if (at + 4 > bytes.length) return undefined
    const length = bytes.readUInt32BE(at)
    const field = bytes.subarray(at + 4, at + 4 + length)
    at += 4 + length
    return field.length === length ? field : undefined
  }
  const cipher = take()
  const kdf = take()
  const kdfOptions = take()
  if (cipher === undefined || kdf === undefined || kdfOptions === undefined) return undefined
  at += 4 // the number of keys, always 1
  return take()
}
