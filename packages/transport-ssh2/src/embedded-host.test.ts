import { once } from 'node:events'
import { createServer } from 'node:net'
import { systemClock } from '@sshmcp/kernel'
import { aHost } from '@sshmcp/kernel/testing'
import { knownHostsLine } from '@sshmcp/transport'
import { MemoryKnownHosts, MemoryPrivateKeys, sshTransportContract } from '@sshmcp/transport/testing'
import { describe, expect, test } from 'vitest'
import { type EmbeddedHostOptions, makeKeyPair, startEmbeddedHost } from './embedded-host.ts'
import { createSsh2Transport, fetchHostKeys } from './index.ts'
import { loadSsh2 } from './load-ssh2.ts'

const never = new AbortController().signal

async function fixture(options: Partial<EmbeddedHostOptions> = {}) {
  const key = makeKeyPair()
  const embedded = await startEmbeddedHost({ authorizedKeys: [key.publicLine], ...options })
  const deps = {
    knownHosts: new MemoryKnownHosts([embedded.hostKeyLine]),
    privateKeys: new MemoryPrivateKeys({ key: key.privateKey }),
    agentSocket: undefined,
    clock: systemClock,
    connectTimeoutSeconds: 20,
    keepalive: { intervalSeconds: 15, countMax: 3 },
  }
  const host = aHost({ hostname: '127.0.0.1', port: embedded.port, identityFile: 'key' })
  return { transport: createSsh2Transport(deps), deps, host, embedded, dispose: () => embedded.close() }
}

describe.each(sshTransportContract)('ssh2 on the embedded host $name', ({ run }) => {
  test('holds', () => run(fixture))
})

describe('key pairs', () => {
  test('can all be read back, leading zeros or not', async () => {
    const { utils } = await loadSsh2()
    for (let n = 0; n < 600; n++) {
      const pair = makeKeyPair()
      const key = utils.parseKey(pair.privateKey)
      const blob = Array.isArray(key) || key instanceof Error ? key : key.getPublicSSH().toString('base64')
      expect(pair.publicLine).toBe(`ssh-ed25519 ${blob} sshmcp`)
    }
  })
})

describe('fetching host keys', () => {
  test('gives the keys that the host presents, and tries no login', async () => {
    const { host, deps, embedded, dispose } = await fixture()
    const keys = await fetchHostKeys(host, deps, never)
    expect(keys).toMatchObject([{ type: 'ssh-ed25519', fingerprint: embedded.hostKeyFingerprint }])
    const lines = keys.map(({ blob }) => knownHostsLine(host.hostname, host.port, blob))
    expect(lines).toEqual([embedded.hostKeyLine])
    expect(embedded.logins).toBe(0)
    await dispose()
    await expect(fetchHostKeys(host, deps, never)).rejects.toMatchObject({ code: 'TRANSPORT_UNREACHABLE' })
  })

  test('ends in time on a host that shows none, and at once when given up', async () => {
    const { deps, dispose } = await fixture()
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    if (typeof address !== 'object' || address === null) throw new Error('no port')
    const host = aHost({ hostname: '127.0.0.1', port: address.port })
    const soon = { ...deps, connectTimeoutSeconds: 0.2 }
    await expect(fetchHostKeys(host, soon, never)).rejects.toMatchObject({ code: 'TRANSPORT_CONNECT_TIMEOUT' })
    const givenUp = fetchHostKeys(host, deps, AbortSignal.abort())
    await expect(givenUp).rejects.toMatchObject({ code: 'TRANSPORT_CANCELLED' })
    silent.close()
    await dispose()
  })
})

describe('the embedded host', () => {
  test('lets nobody in with another key or another name', async () => {
    const stranger = makeKeyPair()
    const { transport, host, dispose } = await fixture({ authorizedKeys: [stranger.publicLine] })
    await expect(transport.connect(host, never)).rejects.toMatchObject({ code: 'TRANSPORT_AUTH_FAILED' })
    await dispose()
    const named = await fixture({ users: ['root'] })
    await expect(named.transport.connect(named.host, never)).rejects.toMatchObject({ code: 'TRANSPORT_AUTH_FAILED' })
    await named.dispose()
  })

  test('runs what a test wants instead of a shell', async () => {
    const { transport, host, embedded, dispose } = await fixture({
      run: (line, channel) => {
        channel.write(`asked for: ${line.endsWith('df -h')}`)
        channel.exit(7)
        channel.end()
      },
    })
    const connection = await transport.connect(host, never)
    let output = ''
    const sink = {
      write(_stream: string, bytes: Uint8Array) {
        output += new TextDecoder().decode(bytes)
      },
    }
    const exit = await connection.exec({ line: 'df -h', stdin: '', needsServedShell: false }, sink, never)
    expect([exit.exitCode, output, embedded.asked.length]).toEqual([7, 'asked for: true', 1])
    await connection.close()
    await dispose()
  })
})
