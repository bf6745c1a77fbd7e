import { networkInterfaces } from 'node:os'
import { parseHostId } from '@sshmcp/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runLine } from '../../../test/support/collect.ts'
import { hostOf, linesOf, transportTo } from '../../../test/support/real-transport.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'

const never = new AbortController().signal
// Some containers have none; nothing that we could install brings it.
const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))
if (!hasIpv6) process.stderr.write('SKIPPED: this machine has no ::1\n')

describe.skipIf(!(hasIpv6 && requireReal('sshd', 'ssh-keygen')))('a real sshd on [::1]', () => {
  let sshd: TestSshd
  beforeAll(async () => {
    sshd = await startSshd({ config: ['ListenAddress ::1'] })
  })
  afterAll(() => sshd?.stop())

  const target = () => hostOf(sshd, { hostname: '::1' })
  const known = () => linesOf(sshd.knownHostsFile).map((line) => line.replace('[127.0.0.1]', '[::1]'))

  test('is reached, and its key is looked for under [::1]:port', async () => {
    const connection = await transportTo(sshd, known()).connect(target(), never)
    const { stdout } = await runLine(connection, 'echo "$SSH_CONNECTION"')
    expect(stdout.toString()).toMatch(new RegExp(`^::1 \\d+ ::1 ${sshd.port}\n$`))
    expect(connection.facts.hostKeyFingerprint).toBe(sshd.hostKeyFingerprint)
    await connection.close()
  })

  test('is not trusted for what is known of another address', async () => {
    const call = transportTo(sshd, linesOf(sshd.knownHostsFile)).connect(target(), never)
    await expect(call).rejects.toMatchObject({
      code: 'TRANSPORT_HOST_KEY_UNKNOWN',
      message: expect.stringContaining(`[::1]:${sshd.port}`),
    })
  })

  test('is reached through a hop', async () => {
    const hop = hostOf(sshd, { hostId: parseHostId('hop'), hostname: '::1' })
    const transport = transportTo(sshd, known(), { jumpHost: () => hop })
    const connection = await transport.connect({ ...target(), proxyJump: hop.hostId }, never)
    expect((await runLine(connection, 'echo there')).stdout.toString()).toBe('there\n')
    await connection.close()
  })
})
