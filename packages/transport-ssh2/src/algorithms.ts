import type { Algorithms } from 'ssh2'

/** ssh2 names host key algorithms; known_hosts names key types. RSA keys sign with SHA-2 only, never with `ssh-rsa` (SHA-1). */
export const hostKeyAlgorithms = [
  { type: 'ssh-ed25519', algorithms: ['ssh-ed25519'] },
  { type: 'ecdsa-sha2-nistp256', algorithms: ['ecdsa-sha2-nistp256'] },
  { type: 'ecdsa-sha2-nistp384', algorithms: ['ecdsa-sha2-nistp384'] },
  { type: 'ecdsa-sha2-nistp521', algorithms: ['ecdsa-sha2-nistp521'] },
  { type: 'ssh-rsa', algorithms: ['rsa-sha2-512', 'rsa-sha2-256'] },
] as const

/**
 * What we offer. AES-GCM first: it is the fastest in ssh2 and authenticated. No CBC, no SHA-1, no DSA, no compression.
 * Host key algorithms begin with the types that are known for the host: a server picks the first that both have, and a host
 * known by its RSA key alone would otherwise present its ed25519 key and look unknown.
 */
export function algorithmsFor(knownTypes: ReadonlySet<string>): Algorithms {
  const known = hostKeyAlgorithms.filter(({ type }) => knownTypes.has(type))
  const others = hostKeyAlgorithms.filter(({ type }) => !knownTypes.has(type))
  return {
    kex: [
      'curve25519-sha256',
      'curve25519-sha256@libssh.org',
      'ecdh-sha2-nistp256',
      'ecdh-sha2-nistp384',
      'ecdh-sha2-nistp521',
      'diffie-hellman-group-exchange-sha256',
      'diffie-hellman-group16-sha512',
      'diffie-hellman-group18-sha512',
      'diffie-hellman-group14-sha256',
    ],
    serverHostKey: [...known, ...others].flatMap(({ algorithms }) => algorithms),
    cipher: [
      'aes128-gcm@openssh.com',
      'aes256-gcm@openssh.com',
      'chacha20-poly1305@openssh.com',
      'aes128-ctr',
      'aes192-ctr',
      'aes256-ctr',
    ],
    hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
    compress: ['none'],
  }
}
