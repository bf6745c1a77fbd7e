import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainShell } from '../../../test/support/accounts.ts'
import { template } from '../../../test/support/product-scene.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { lookAtHostKeys } from '../src/host-keys.ts'
import { readHosts } from '../src/hosts-file.ts'
import { type CertifiedHost, certifiedHost } from './certified-host.ts'

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('certificates through a jump on a real sshd', () => {
  let scene: CertifiedHost

  beforeAll(async () => {
    const behind = (mode: string, address: string) => ({
      proxy_jump: 'hop',
      certificate: { mode, source_addresses: [address] },
    })
    scene = await certifiedHost({
      sshd: plainShell,
      hosts: () => [
        { host_id: 'hop', certificate: { mode: 'per_connection' } },
        { host_id: 'far', ...behind('per_connection', '127.0.0.0/8') },
        { host_id: 'far-once', ...behind('per_command', '127.0.0.1') },
        { host_id: 'far-wrong', ...behind('per_connection', '192.0.2.1') },
      ],
      templates: [
        template('hello', 'echo hello'),
        template('shown', 'cut -d" " -f2- "$SSH_USER_AUTH" | ssh-keygen -L -f -'),
      ],
    })
  })
  afterAll(() => scene?.stop())

  const toolsSince = (before: number) =>
    scene
      .logins()
      .slice(before)
      .map(({ reason }) => reason?.tool)

  test.each(['far', 'far-once'])('%s is reached by a login of the jump and one of its own', async (host_id) => {
    const { run } = await scene.server()
    const before = scene.logins().length
    expect(await run('hello', { host_id })).toMatchObject({ stdout: 'hello\n' })
    expect(toolsSince(before)).toEqual(['run_ssh_command:way', 'run_ssh_command'])
  })

  test('the certificate of the host behind names the address that hosts.json says', async () => {
    const { run } = await scene.server()
    const text = String((await run('shown', { host_id: 'far' })).stdout)
    expect(text).toMatch(/source-address 127\.0\.0\.0\/8\s+Extensions: \(none\)/)
  })

  test('a connection ends when the certificate that opened the way is revoked', async () => {
    const { call, run, approved } = await scene.server()
    const before = scene.logins().length
    const { session_id } = await call('ssh_connect', { host_id: 'far' })
    const serial = scene.logins()[before]?.serial
    const certId = (await scene.issued()).find((record) => record.serial === serial)?.certId
    await approved('revoke_cert', { cert_id: certId, reason: 'as a test' })
    await expect(run('hello', { host_id: 'far', session_id })).rejects.toThrow('SESSION_UNKNOWN')
  })

  test('where hosts.json names another address than the host sees, the refusal says so', async () => {
    const { run } = await scene.server()
    await expect(run('hello', { host_id: 'far-wrong' })).rejects.toThrow(
      /TRANSPORT_AUTH_FAILED: .*certificate sshmcp\/1\/local:dana\/.* for 192\.0\.2\.1\): refused/,
    )
  })

  test('a locked CA refuses before the jump is connected to', async () => {
    const { run } = await scene.server(undefined, { SSH_AUTH_SOCK: '' })
    const before = scene.connections()
    await expect(run('hello', { host_id: 'far' })).rejects.toThrow('CA_LOCKED')
    expect(scene.connections()).toBe(before)
  })

  test('`hosts trust` looks at the keys of a host through the jump', async () => {
    const host = readHosts(scene.desk()).find(({ hostId }) => hostId === 'far')
    if (host === undefined) throw new Error('no host')
    const before = scene.logins().length
    const { presented, isTrusted } = await lookAtHostKeys(scene.desk(), host, AbortSignal.timeout(20_000))
    expect([presented.length > 0, isTrusted]).toEqual([true, true])
    expect(new Set(toolsSince(before))).toEqual(new Set(['hosts-trust:way']))
  })
})
