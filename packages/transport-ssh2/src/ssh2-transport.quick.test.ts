import { readFileSync } from 'node:fs'
import { systemClock } from '@sshmcp/kernel'
import { aHost } from '@sshmcp/kernel/testing'
import { MemoryKnownHosts, MemoryPrivateKeys, sshTransportContract } from '@sshmcp/transport/testing'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { createSsh2Transport } from './index.ts'

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('ssh2 on a real sshd', () => {
  let sshd: TestSshd

  beforeAll(async () => {
    sshd = await startSshd()
  })
  afterAll(() => sshd?.stop())

  test.each(sshTransportContract)('$name', ({ run }) =>
    run(() => ({
      transport: createSsh2Transport({
        knownHosts: new MemoryKnownHosts(readFileSync(sshd.knownHostsFile, 'utf8').trim().split('\n')),
        privateKeys: new MemoryPrivateKeys({ key: readFileSync(sshd.identityFile, 'utf8') }),
        agentSocket: undefined,
        clock: systemClock,
        connectTimeoutSeconds: 20,
        keepalive: { intervalSeconds: 15, countMax: 3 },
      }),
      host: aHost({ hostname: '127.0.0.1', port: sshd.port, sshUser: sshd.user, identityFile: 'key' }),
      dispose: async () => {},
    })),
  )
})
