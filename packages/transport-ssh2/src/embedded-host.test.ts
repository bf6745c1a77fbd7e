import { systemClock } from '@sshmcp/kernel'
import { aHost } from '@sshmcp/kernel/testing'
import { MemoryKnownHosts, MemoryPrivateKeys, sshTransportContract } from '@sshmcp/transport/testing'
import { describe, expect, test } from 'vitest'
import { type EmbeddedHostOptions, makeKeyPair, startEmbeddedHost } from './embedded-host.ts'
import { createSsh2Transport, readHostKey } from './index.ts'
import { loadSsh2 } from './load-ssh2.ts'

const never = new AbortController().signal

async function fixture(options: Partial<EmbeddedHostOptions> = {}) {
  const key = makeKeyPair()
  const embedded = await startEmbeddedHost({ authorizedKeys: [key.publicLine], ...options })
  const transport = createSsh2Transport({
    knownHosts: new MemoryKnownHosts([embedded.hostKeyLine]),
    privateKeys: new MemoryPrivateKeys({ key: key.privateKey }),
    agentSocket: undefined,
    clock: systemClock,
    connectTimeoutSeconds: 20,
    keepalive: { intervalSeconds: 15, countMax: 3 },
  })
  const host = aHost({ hostname: '127.0.0.1', port: embedded.port, identityFile: 'key' })
  return { transport, host, embedded, dispose: () => embedded.close() }
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

describe('reading a host key', () => {
  test('gives the key that the host presents, and tries no login', async () => {
    const { host, embedded, dispose } = await fixture()
    expect(await readHostKey(host, never)).toEqual({
      type: 'ssh-ed25519',
      fingerprint: embedded.hostKeyFingerprint,
      knownHostsLine: embedded.hostKeyLine,
    })
    expect(embedded.logins).toBe(0)
    await dispose()
    await expect(readHostKey(host, never)).rejects.toMatchObject({ code: 'TRANSPORT_UNREACHABLE' })
    await expect(readHostKey(host, AbortSignal.abort())).rejects.toMatchObject({ code: 'TRANSPORT_CONNECT_TIMEOUT' })
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
