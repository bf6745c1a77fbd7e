import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@sshmcp/kernel'
import { aHost } from '@sshmcp/kernel/testing'
import { MemoryKnownHosts, MemoryPrivateKeys, sftpChannelContract } from '@sshmcp/transport/testing'
import type { ServerChannel } from 'ssh2'
import { afterEach, describe, expect, test } from 'vitest'
import { serveSftpOnDisk } from '../../test/sftp-on-disk.ts'
import { type EmbeddedHost, makeKeyPair, startEmbeddedHost } from '../embedded-host.ts'
import { createSsh2Transport } from '../index.ts'

const never = new AbortController().signal
let host: EmbeddedHost | undefined
afterEach(async () => {
  await host?.close()
  host = undefined
})

async function connect(subsystem?: (name: string, channel: ServerChannel) => void) {
  const key = makeKeyPair()
  host = await startEmbeddedHost({
    authorizedKeys: [key.publicLine],
    ...(subsystem === undefined ? {} : { subsystem }),
    run: (_line, channel) => {
      channel.exit(1)
      channel.end()
    },
  })
  const transport = createSsh2Transport({
    knownHosts: new MemoryKnownHosts([host.hostKeyLine]),
    privateKeys: new MemoryPrivateKeys({ key: key.privateKey }),
    agentSocket: undefined,
    clock: systemClock,
    connectTimeoutSeconds: 20,
    keepalive: { intervalSeconds: 15, countMax: 3 },
  })
  return transport.connect(aHost({ hostname: '127.0.0.1', port: host.port, identityFile: 'key' }), never)
}

describe('a server without any extension, that answers short', () => {
  test.each(sftpChannelContract)('$name', ({ run }) =>
    run(async () => {
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sshmcp-embedded-')))
      const connection = await connect((_name, channel) => serveSftpOnDisk(channel))
      return {
        channel: await connection.sftp(never),
        folder,
        link: (path, target) => symlinkSync(target, path),
        makeFolder: (path) => mkdirSync(path),
        dispose: async () => {
          await connection.close()
          rmSync(folder, { recursive: true })
        },
      }
    }),
  )
})

describe('what is no SFTP server', () => {
  test.each([
    ['one that greets in words', 'Welcome to this machine\n'],
    ['another version', Buffer.from([0, 0, 0, 5, 2, 0, 0, 0, 6])],
    ['an endless packet', Buffer.from([0xff, 0xff, 0xff, 0xff, 2])],
    ['an empty packet', Buffer.from([0, 0, 0, 0])],
    ['a field that runs over its packet', Buffer.from([0, 0, 0, 9, 2, 0, 0, 0, 3, 0, 0, 1, 0])],
    ['an answer that nobody asked for', Buffer.from([0, 0, 0, 9, 101, 0, 0, 0, 77, 0, 0, 0, 0])],
  ])('%s', async (_, words) => {
    const connection = await connect((_name, channel) => {
      channel.on('error', () => {})
      channel.write(words)
    })
    await expect(connection.sftp(never)).rejects.toMatchObject({ code: 'SFTP_PROTOCOL' })
    await connection.close()
  })

  test('none at all', async () => {
    const connection = await connect()
    await expect(connection.sftp(never)).rejects.toMatchObject({ code: 'SFTP_UNAVAILABLE' })
    await connection.close()
  })

  test('one that ends in the middle', async () => {
    const connection = await connect((_name, channel) => channel.once('data', () => channel.end()))
    await expect(connection.sftp(never)).rejects.toMatchObject({ code: 'SFTP_CONNECTION_LOST' })
    await connection.close()
  })
})
