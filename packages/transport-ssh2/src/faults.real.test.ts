import { randomBytes } from 'node:crypto'
import { getEventListeners } from 'node:events'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runLine } from '../../../test/support/collect.ts'
import { type FaultProxy, startFaultProxy, startStubbornServer } from '../../../test/support/fault-proxy.ts'
import { hostOf, linesOf, transportTo } from '../../../test/support/real-transport.ts'
import { processesWith } from '../../../test/support/remote-processes.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import type { Ssh2TransportDeps } from './index.ts'

const never = new AbortController().signal
const isReal = requireReal('sshd', 'ssh-keygen')

function code(expected: string) {
  return expect.objectContaining({ code: expected })
}

describe.skipIf(!isReal)('faults between us and a real sshd', () => {
  let sshd: TestSshd
  let proxy: FaultProxy

  beforeAll(async () => {
    sshd = await startSshd()
  })
  afterAll(() => sshd?.stop())
  beforeEach(async () => {
    proxy = await startFaultProxy(sshd.port)
  })
  afterEach(() => proxy.close())

  const connect = (overrides: Partial<Ssh2TransportDeps> = {}) => {
    const lines = linesOf(sshd.knownHostsFile).map((line) => line.replace(`:${sshd.port} `, `:${proxy.port} `))
    return transportTo(sshd, lines, overrides).connect(hostOf({ ...sshd, port: proxy.port }), never)
  }

  /** Starts a command and does something to the network once it has printed. */
  const during = async (
    line: string,
    fault: () => void,
    overrides: Partial<Ssh2TransportDeps> = {},
    signal = never,
  ) => {
    const connection = await connect(overrides)
    let isDone = false
    const sink = {
      write() {
        if (!isDone) fault()
        isDone = true
      },
    }
    return { connection, call: connection.exec({ line, stdin: '', needsServedShell: false }, sink, signal) }
  }

  test.each(['cut', 'reset'] as const)('%s during a command: it may have run', async (fault) => {
    const { connection, call } = await during('echo begun; sleep 20', () => proxy[fault]())
    await expect(call).rejects.toEqual(code('TRANSPORT_CONNECTION_LOST'))
    expect((await connection.closed).reason).toMatch(/closed|lost/)
    await expect(runLine(connection, 'true')).rejects.toEqual(code('TRANSPORT_CONNECTION_DEAD'))
  })

  test('what a lost connection leaves of a call is nothing: no listener on its signal', async () => {
    const { signal } = new AbortController()
    const { connection, call } = await during('echo begun; sleep 20', () => proxy.reset(), {}, signal)
    await expect(call).rejects.toEqual(code('TRANSPORT_CONNECTION_LOST'))
    await expect(connection.ping(signal)).rejects.toEqual(code('TRANSPORT_CONNECTION_DEAD'))
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('sshd killed while nothing runs: the next command was not sent, and the next connection has no host', async () => {
    const own = await startSshd()
    try {
      const transport = transportTo(own, linesOf(own.knownHostsFile))
      const connection = await transport.connect(hostOf(own), never)
      expect((await runLine(connection, 'echo here')).stdout.toString()).toBe('here\n')
      await own.kill()
      await connection.closed
      await expect(runLine(connection, 'true')).rejects.toEqual(code('TRANSPORT_CONNECTION_DEAD'))
      await expect(transport.connect(hostOf(own), never)).rejects.toEqual(code('TRANSPORT_UNREACHABLE'))
    } finally {
      await own.stop()
    }
  })

  test('sshd killed during a command: it may have run', async () => {
    const own = await startSshd()
    try {
      const connection = await transportTo(own, linesOf(own.knownHostsFile)).connect(hostOf(own), never)
      const sink = { write: () => own.kill() }
      const call = connection.exec({ line: 'echo begun; sleep 20', stdin: '', needsServedShell: false }, sink, never)
      await expect(call).rejects.toEqual(code('TRANSPORT_CONNECTION_LOST'))
    } finally {
      await own.stop()
    }
  })

  test('a stall during a command is noticed by the keepalive', async () => {
    const keepalive = { intervalSeconds: 0.2, countMax: 2 }
    const { connection, call } = await during('echo begun; sleep 20', () => proxy.stall(), { keepalive })
    await expect(call).rejects.toEqual(code('TRANSPORT_CONNECTION_LOST'))
    expect(await connection.closed).toEqual({
      reason: 'lost',
      detail: 'The connection was lost: the host stopped answering.',
    })
  })

  test('a timeout during a stall is answered in time, with what is known: nothing', async () => {
    const abort = new AbortController()
    const { connection, call } = await during(
      'echo begun; sleep 20',
      () => {
        proxy.stall()
        abort.abort()
      },
      {},
      abort.signal,
    )
    expect(await call).toEqual({ exitCode: null, signal: null, remoteProcess: 'unknown' })
    await connection.close()
  }, 15_000)

  test.each(['to host', 'from host'] as const)(
    'half open (nothing %s) before a command: nothing was sent',
    async (direction) => {
      const keepalive = { intervalSeconds: 0.2, countMax: 2 }
      const connection = await connect({ keepalive })
      proxy.stall(direction)
      await expect(runLine(connection, 'true')).rejects.toEqual(code('TRANSPORT_CONNECTION_DEAD'))
    },
  )

  test('a command given up before its channel opened is never sent', async () => {
    const connection = await connect()
    const canary = `/tmp/sshmcp-canary-${randomBytes(8).toString('hex')}`
    proxy.stall('from host')
    const abort = new AbortController()
    const call = runLine(connection, `touch ${canary}`, { signal: abort.signal })
    setImmediate(() => abort.abort())
    await expect(call).rejects.toEqual(code('TRANSPORT_CANCELLED'))
    proxy.resume()
    const { stdout } = await runLine(connection, `ls ${canary} 2>&1 | wc -l; test -e ${canary} && echo it ran`)
    expect(stdout.toString()).not.toContain('it ran')
    await connection.close()
  })

  test('a connection cut while idle is dead, and says so before anything is sent', async () => {
    for (const fault of ['cut', 'reset'] as const) {
      const connection = await connect()
      proxy[fault]()
      await connection.closed
      await expect(runLine(connection, 'true')).rejects.toEqual(code('TRANSPORT_CONNECTION_DEAD'))
      await expect(connection.ping(never)).rejects.toEqual(code('TRANSPORT_CONNECTION_DEAD'))
    }
  })

  test('300 ms of delay each way only cost time', async () => {
    proxy.delay(300)
    const connection = await connect()
    expect((await runLine(connection, 'echo far away')).stdout.toString()).toBe('far away\n')
    expect(await connection.ping(never)).toBeGreaterThan(500)
    proxy.delay(0)
    await connection.close()
  })

  test('a command that is given up at 300 ms of delay each way is ended and looked up all the same', async () => {
    const abort = new AbortController()
    const seconds = `600.${BigInt(`0x${randomBytes(16).toString('hex')}`)}`
    const { connection, call } = await during(
      `echo begun; env sleep ${seconds}`,
      () => {
        proxy.delay(300)
        abort.abort()
      },
      {},
      abort.signal,
    )
    expect(await call).toMatchObject({ exitCode: null, remoteProcess: 'dead' })
    expect(processesWith(seconds)).toEqual([])
    proxy.delay(0)
    await connection.close()
  })

  test('a ping on a stalled connection ends when it is given up', async () => {
    const connection = await connect()
    proxy.stall()
    await expect(connection.ping(AbortSignal.timeout(100))).rejects.toEqual(code('TRANSPORT_CANCELLED'))
    await connection.close()
  })

  test('an ending handshake is noticed', async () => {
    proxy.stall('from host')
    const call = connect({ connectTimeoutSeconds: 0.3 })
    await expect(call).rejects.toEqual(code('TRANSPORT_CONNECT_TIMEOUT'))
  })
})

describe.skipIf(!isReal)('a real sshd that refuses channels', () => {
  test.each([['MaxSessions 0'], ['MaxSessions 1']])(
    '%s: nothing was run, and the connection serves on',
    async (line) => {
      const sshd = await startSshd({ config: [line] })
      try {
        const connection = await transportTo(sshd, linesOf(sshd.knownHostsFile)).connect(hostOf(sshd), never)
        const calls = [runLine(connection, 'sleep 0.3'), runLine(connection, 'sleep 0.3')]
        const codes = (await Promise.allSettled(calls)).map((end) =>
          end.status === 'rejected' ? end.reason.code : 'ran',
        )
        expect(codes).toContain('TRANSPORT_CHANNEL_REFUSED')
        expect(await connection.ping(never)).toBeGreaterThanOrEqual(0)
        await connection.close()
      } finally {
        await sshd.stop()
      }
    },
  )
})

describe('what is no SSH host', () => {
  const target = { port: 0, user: 'nobody', identityFile: '/dev/null' }
  const connectTo = async (port: number, connectTimeoutSeconds = 5) =>
    transportTo(target, [], { connectTimeoutSeconds }).connect(hostOf({ ...target, port }), never)

  test.each([
    ['says nothing', () => {}, 'TRANSPORT_CONNECT_TIMEOUT', 0.3],
    ['hangs up at once', (socket) => socket.end(), 'TRANSPORT_HANDSHAKE_FAILED', 5],
    [
      'resets when spoken to',
      (socket) => socket.once('data', () => socket.resetAndDestroy()),
      'TRANSPORT_HANDSHAKE_FAILED',
      5,
    ],
    ['speaks HTTP', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'TRANSPORT_HANDSHAKE_FAILED', 5],
    [
      'greets with 1 MB of lines',
      (socket) => socket.write(`${'x'.repeat(78)}\r\n`.repeat(13_000)),
      'TRANSPORT_HANDSHAKE_FAILED',
      5,
    ],
    ['greets with 1 MB in one line', (socket) => socket.write('x'.repeat(1_000_000)), 'TRANSPORT_HANDSHAKE_FAILED', 5],
    ['greets and says no more', (socket) => socket.write('SSH-2.0-stub\r\n'), 'TRANSPORT_CONNECT_TIMEOUT', 0.3],
    [
      'greets and sends garbage',
      (socket) => socket.write(Buffer.concat([Buffer.from('SSH-2.0-stub\r\n'), Buffer.alloc(10_000, 0xff)])),
      'TRANSPORT_HANDSHAKE_FAILED',
      5,
    ],
    ['speaks SSH 1', (socket) => socket.write('SSH-1.5-old\r\n'), 'TRANSPORT_HANDSHAKE_FAILED', 5],
  ] as const satisfies readonly (readonly [string, Parameters<typeof startStubbornServer>[0], string, number])[])(
    'one that %s',
    async (_name, greet, expected, timeout) => {
      const server = await startStubbornServer(greet)
      await expect(connectTo(server.port, timeout)).rejects.toEqual(code(expected))
      await server.close()
    },
  )

  test('nobody listening', async () => {
    const server = await startStubbornServer(() => {})
    await server.close()
    await expect(connectTo(server.port)).rejects.toEqual(code('TRANSPORT_UNREACHABLE'))
  })

  test('a name without an address', async () => {
    const host = hostOf(target, { hostname: 'no-such-host.invalid', port: 22 })
    await expect(transportTo(target, []).connect(host, never)).rejects.toEqual(code('TRANSPORT_NAME_UNRESOLVED'))
  })
})
