import { createSecretKey } from 'node:crypto'
import type { Client } from 'ssh2'
import { inside } from './ssh2-inside.ts'

/**
 * Makes the keys of the connection's AES-GCM ciphers key objects, after each key exchange.
 *
 * ssh2 makes a cipher for each packet out of the same bytes, and to learn that bytes are no key object costs Node more than
 * the encryption of a small packet (Node 24.21: 30 µs against 3). Nothing but time depends on it: a cipher that looks
 * different from what is expected is left as it is.
 */
export function keepPacketKeys(client: Client): void {
  client.on('handshake', () => {
    const protocol = inside(client, '_protocol')
    keepKey(inside(protocol, '_cipher'), '_encKey')
    keepKey(inside(protocol, '_decipher'), '_decipherKey')
  })
}

function keepKey(cipher: unknown, name: string): void {
  const key = inside(cipher, name)
  if (typeof cipher === 'object' && cipher !== null && Buffer.isBuffer(key)) {
    Reflect.set(cipher, name, createSecretKey(key))
  }
}
