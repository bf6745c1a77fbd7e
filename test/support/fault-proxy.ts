import { connect, createServer, type Server, type Socket } from 'node:net'

/** A loopback proxy in front of a port that does to the traffic what networks do. */
export interface FaultProxy {
  readonly port: number
  /** Connections made through it so far. */
  readonly count: number
  /** Connections that are open now. */
  readonly open: number
  /** Every piece is held back so long, in each direction. */
  delay(milliseconds: number): void
  /** Nothing passes any more, in this direction or both; connections stay open. */
  stall(direction?: 'to host' | 'from host' | 'both'): void
  /** What was stalled flows again. */
  resume(): void
  /** Both ends see an orderly end. */
  cut(): void
  /** Both ends see a reset. */
  reset(): void
  close(): Promise<void>
}

interface Pair {
  readonly client: Socket
  readonly host: Socket
}

/** Starts a proxy to a port of this machine. */
export async function startFaultProxy(target: number): Promise<FaultProxy> {
  const pairs = new Set<Pair>()
  let delayMs = 0
  let stalled = new Set<'to host' | 'from host'>()
  let waiting: (() => void)[] = []
  let count = 0
  const pass = (direction: 'to host' | 'from host', to: Socket, chunk: Buffer) => {
    const deliver = () => {
      if (stalled.has(direction)) waiting.push(deliver)
      else if (to.writable) to.write(chunk)
    }
    if (delayMs > 0) setTimeout(deliver, delayMs)
    else deliver()
  }
  const server = createServer({ noDelay: true }, (client) => {
    count++
    const host = connect({ port: target, host: '127.0.0.1', noDelay: true })
    const pair = { client, host }
    pairs.add(pair)
    client.on('data', (chunk) => pass('to host', host, chunk))
    host.on('data', (chunk) => pass('from host', client, chunk))
    client.on('error', () => host.destroy()).on('close', () => host.destroy())
    host
      .on('error', () => client.destroy())
      .on('close', () => {
        pairs.delete(pair)
        if (stalled.size === 0) client.end()
      })
  })
  const port = await listen(server)
  return {
    port,
    get count() {
      return count
    },
    get open() {
      return pairs.size
    },
    delay(milliseconds) {
      delayMs = milliseconds
    },
    stall(direction = 'both') {
      stalled = new Set(direction === 'both' ? ['to host', 'from host'] : [direction])
    },
    resume() {
      stalled = new Set()
      const held = waiting
      waiting = []
      for (const deliver of held) deliver()
    },
    cut() {
      for (const { client, host } of pairs) {
        client.end()
        host.end()
      }
    },
    reset() {
      for (const { client, host } of pairs) {
        client.resetAndDestroy()
        host.resetAndDestroy()
      }
    },
    async close() {
      for (const { client, host } of pairs) {
        client.destroy()
        host.destroy()
      }
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A server that says the same to everybody: what is no SSH host, or none that answers. */
export async function startStubbornServer(
  greet: (socket: Socket) => void,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    greet(socket)
  })
  const port = await listen(server)
  return {
    port,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (typeof address === 'object' && address !== null) resolve(address.port)
      else reject(new Error('no port'))
    })
  })
}
