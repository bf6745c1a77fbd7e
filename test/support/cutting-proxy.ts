import { connect, createServer, type Socket } from 'node:net'

/** A loopback proxy that takes the line away at an exact byte. */
export interface CuttingProxy {
  readonly port: number
  /** Resets every connection when so many more bytes have passed, both directions together. */
  cutAfter(bytes: number, then: 'back at once' | 'gone'): void
  /** Whether the cut has happened. */
  readonly hasCut: boolean
  /** Lets new connections through and cuts none. */
  mend(): void
  close(): Promise<void>
}

export async function startCuttingProxy(target: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>()
  let left = Number.POSITIVE_INFINITY
  let isGone = false
  let hasCut = false
  let after: 'back at once' | 'gone' = 'back at once'
  const cut = (): void => {
    hasCut = true
    left = Number.POSITIVE_INFINITY
    isGone = after === 'gone'
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const join = (from: Socket, to: Socket): void => {
    sockets.add(from)
    from.on('data', (chunk: Buffer) => {
      const passing = chunk.subarray(0, left)
      left -= passing.length
      const isFull = !to.write(passing)
      if (isFull) {
        from.pause()
        to.once('drain', () => from.resume())
      }
      if (left <= 0) cut()
    })
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
  }
  const server = createServer({ noDelay: true }, (client) => {
    if (isGone) {
      client.resetAndDestroy()
      return
    }
    const host = connect({ port: target, host: '127.0.0.1', noDelay: true })
    join(client, host)
    join(host, client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    get hasCut() {
      return hasCut
    },
    cutAfter(bytes, then) {
      hasCut = false
      after = then
      left = bytes
    },
    mend() {
      isGone = false
      left = Number.POSITIVE_INFINITY
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
