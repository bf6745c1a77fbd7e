import { KeyObject } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { Client } from 'ssh2'
import { freeIfAlone, freeMemory } from './memory.ts'
import { inside } from './ssh2-inside.ts'

/**
 * Frees the memory of the connection's packets as soon as ssh2 is through with it: what was read, and what was written.
 *
 * Only for AES-GCM, whose packets ssh2 decrypts into memory of their own while it is given them, and for which
 * {@link keepPacketKeys} has made the keys objects: that is how the ciphers are told apart. The others may keep a view on
 * what was read until the rest of a packet comes.
 */
export function freePacketMemory(client: Client, stream: Duplex): void {
  // By then ssh2 listens, and is called before us.
  client.once('handshake', () => {
    stream.on('data', (read: Uint8Array) => {
      if (hasKeyObject(client, '_decipher', '_decipherKey')) freeIfAlone(read)
    })
    const write = stream.write.bind(stream)
    const writeAndFree = (...args: Parameters<typeof write>): boolean => {
      const [written, encoding, onWritten] = args
      if (!Buffer.isBuffer(written) || !hasKeyObject(client, '_cipher', '_encKey')) return write(...args)
      return write(written, encoding, (error) => {
        if (isLengthOf(written)) freeMemory(written)
        else freeIfAlone(written)
        onWritten?.(error)
      })
    }
    // Writable: Node puts another `write` there when the host has ended its side.
    Object.defineProperty(stream, 'write', { value: writeAndFree, configurable: true, writable: true })
  })
}

function hasKeyObject(client: Client, cipher: string, key: string): boolean {
  return inside(inside(inside(client, '_protocol'), cipher), key) instanceof KeyObject
}

/**
 * ssh2 writes the length of a packet as a view on the packet that it encrypts and then forgets. That the packet has the
 * memory to itself shows in the length: it is as long as the memory.
 */
function isLengthOf(written: Buffer): boolean {
  const isHead = written.length === 4 && written.byteOffset === 0
  return isHead && 4 + written.readUInt32BE() === written.buffer.byteLength
}
