import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import ssh2 from 'ssh2'
import { afterEach, describe, expect, test } from 'vitest'
import { type EmbeddedHost, makeKeyPair, startEmbeddedHost } from './embedded-host.ts'
import { keepPacketKeys } from './packet-keys.ts'
import { freePacketMemory } from './packet-memory.ts'

const gcm = 'aes128-gcm@openssh.com'
/** What a packet is as an output, and as memory, shorter than which nothing is freed. */
const large = 16_384
const canFree = 'transfer' in ArrayBuffer.prototype

let host: EmbeddedHost | undefined
let client: ssh2.Client | undefined
afterEach(async () => {
  const closed = client === undefined ? undefined : once(client, 'close')
  client?.end()
  await closed
  await host?.close()
})

/** A connection whose host sends back whatever it gets, and the large pieces that went through its stream. */
async function echoing(cipher: ssh2.CipherAlgorithm, through: (socket: Socket) => Duplex) {
  const key = makeKeyPair()
  host = await startEmbeddedHost({
    authorizedKeys: [key.publicLine],
    run: (_line, channel) => void channel.pipe(channel),
  })
  const socket = connect(host.port, '127.0.0.1')
  await once(socket, 'connect')
  const sock = through(socket)
  const pieces: Uint8Array[] = []
  const note = (piece: unknown): void => {
    if (piece instanceof Uint8Array && piece.length >= large) pieces.push(piece)
  }
  const write = sock.write.bind(sock)
  const noted = (...args: Parameters<typeof write>): boolean => {
    note(args[0])
    return write(...args)
  }
  Object.defineProperty(sock, 'write', { value: noted, configurable: true, writable: true })
  client = new ssh2.Client()
  keepPacketKeys(client)
  freePacketMemory(client, sock)
  client.connect({ sock, username: 'u', privateKey: key.privateKey, algorithms: { cipher: [cipher] } })
  await once(client, 'ready')
  sock.prependListener('data', note)
  return { client, pieces }
}

/** What comes back of so many bytes. */
function echo(opened: ssh2.Client, content: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    opened.on('error', reject)
    opened.exec('echo', (error, channel) => {
      if (error) return reject(error)
      const parts: Buffer[] = []
      channel.on('data', (part: Buffer) => parts.push(part))
      channel.on('end', () => resolve(Buffer.concat(parts)))
      channel.end(content)
    })
  })
}

/** Hands on what a socket reads in pieces of one size, each in memory of its own. */
function cut(socket: Socket, bytes: number): Duplex {
  const duplex = new Duplex({
    read: () => {},
    write: (chunk, _, done) => void socket.write(chunk, done),
    final: (done) => void socket.end(done),
  })
  socket.on('data', (read) => {
    for (let at = 0; at < read.length; at += bytes) duplex.push(Uint8Array.prototype.slice.call(read, at, at + bytes))
  })
  socket.on('close', () => duplex.destroy())
  return duplex
}

const content = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 7 + (index >> 8)) & 0xff))

describe('the memory of packets', () => {
  test.runIf(canFree)('is freed once they are read and written', async () => {
    const opened = await echoing(gcm, (socket) => socket)
    expect((await echo(opened.client, content)).equals(content)).toBe(true)
    expect(opened.pieces.length).toBeGreaterThan(100)
    expect(opened.pieces.filter((piece) => piece.length > 0)).toEqual([])
  })

  test('is left alone where ssh2 may keep a view on it', async () => {
    const opened = await echoing('chacha20-poly1305@openssh.com', (socket) => socket)
    expect((await echo(opened.client, content)).equals(content)).toBe(true)
    expect(opened.pieces.length).toBeGreaterThan(100)
    expect(opened.pieces.filter((piece) => piece.length === 0)).toEqual([])
  })

  test.each([large, 20_011, 32_804, 40_007])('nothing is lost, wherever a reading of %i bytes ends', async (bytes) => {
    const opened = await echoing(gcm, (socket) => cut(socket, bytes))
    expect((await echo(opened.client, content)).equals(content)).toBe(true)
  })
})
