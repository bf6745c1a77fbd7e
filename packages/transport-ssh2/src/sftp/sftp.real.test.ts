import { mkdirSync, mkdtempSync, readFileSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '@sshmcp/kernel'
import { aHost } from '@sshmcp/kernel/testing'
import { MemoryKnownHosts, MemoryPrivateKeys, sftpChannelContract } from '@sshmcp/transport/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requireReal } from '../../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../../test/support/sshd.ts'
import { createSsh2Transport } from '../index.ts'

const never = new AbortController().signal

const kinds = [
  ['that runs programs', { config: ['Subsystem sftp internal-sftp'] }],
  ['for files only', { config: ['Subsystem sftp internal-sftp', 'ForceCommand internal-sftp'] }],
] as const

function transportTo(sshd: TestSshd) {
  return createSsh2Transport({
    knownHosts: new MemoryKnownHosts(readFileSync(sshd.knownHostsFile, 'utf8').trim().split('\n')),
    privateKeys: new MemoryPrivateKeys({ key: readFileSync(sshd.identityFile, 'utf8') }),
    agentSocket: undefined,
    clock: systemClock,
    connectTimeoutSeconds: 20,
    keepalive: { intervalSeconds: 15, countMax: 3 },
  })
}

function hostOf(sshd: TestSshd) {
  return aHost({ hostname: '127.0.0.1', port: sshd.port, sshUser: sshd.user, identityFile: 'key' })
}

describe.skipIf(!requireReal('sshd', 'ssh-keygen')).each(kinds)('files of a real sshd %s', (_, options) => {
  let sshd: TestSshd

  beforeAll(async () => {
    sshd = await startSshd(options)
  })
  afterAll(() => sshd?.stop())

  test.each(sftpChannelContract)('$name', ({ run }) =>
    run(async () => {
      const connection = await transportTo(sshd).connect(hostOf(sshd), never)
      return {
        channel: await connection.sftp(never),
        folder: realpathSync(mkdtempSync(join(sshd.folder, 'files-'))),
        link: (path, target) => symlinkSync(target, path),
        makeFolder: (path) => mkdirSync(path),
        dispose: () => connection.close(),
      }
    }),
  )

  test('the host reads a file itself exactly where it runs programs', async () => {
    const connection = await transportTo(sshd).connect(hostOf(sshd), never)
    const channel = await connection.sftp(never)
    const reading = await channel.readOnHost(sshd.knownHostsFile, 1_000_000, never)
    expect(reading).toEqual(options.config.length === 1 ? expect.objectContaining({ links: 1 }) : undefined)
    await connection.close()
  })
})

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('a host without files', () => {
  test('is told as one', async () => {
    const sshd = await startSshd()
    try {
      const connection = await transportTo(sshd).connect(hostOf(sshd), never)
      await expect(connection.sftp(never)).rejects.toMatchObject({ code: 'SFTP_UNAVAILABLE' })
      await expect(connection.sftp(AbortSignal.abort())).rejects.toMatchObject({ code: 'TRANSPORT_CANCELLED' })
      await connection.close()
      await expect(connection.sftp(never)).rejects.toMatchObject({ code: 'TRANSPORT_CONNECTION_DEAD' })
    } finally {
      await sshd.stop()
    }
  })
})
