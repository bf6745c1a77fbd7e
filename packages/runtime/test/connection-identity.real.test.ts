import { systemClock } from '@sshmcp/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainShell } from '../../../test/support/accounts.ts'
import { template } from '../../../test/support/product-scene.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { tryLogin } from '../src/host-login.ts'
import { readHosts } from '../src/hosts-file.ts'
import { type CertifiedHost, certifiedHost } from './certified-host.ts'

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('an identity per connection on a real sshd', () => {
  let scene: CertifiedHost

  beforeAll(async () => {
    scene = await certifiedHost({
      sshd: plainShell,
      hosts: ({ user }) => [
        { host_id: 'web-1', certificate: { mode: 'per_connection', principal: user } },
        { host_id: 'elsewhere', certificate: { mode: 'per_connection', principal: 'somebody-else' } },
      ],
      templates: [
        template('hello', 'echo hello'),
        template('shown', 'cut -d" " -f2- "$SSH_USER_AUTH" | ssh-keygen -L -f -'),
        template('grave', 'echo done', { risk_level: 'high' }),
      ],
    })
  })
  afterAll(() => scene?.stop())

  test('the line in sshd’s log says who, for which request, and through which tool; the issue is on record', async () => {
    const { run, call } = await scene.server()
    const before = scene.logins().length
    expect(await run('hello')).toMatchObject({ stdout: 'hello\n' })
    expect(await run('hello')).toMatchObject({ stdout: 'hello\n' })
    const [login, ...others] = scene.logins().slice(before)
    expect(others).toEqual([])
    const events = JSON.stringify(await call('get_audit_logs', { last_n: 20 }))
    expect(login).toMatchObject({
      account: scene.sshd.user,
      reason: { userId: 'local:dana', requestId: expect.stringMatching(/^op_/), tool: 'run_ssh_command' },
    })
    expect(login?.reason?.approvalId).toBeUndefined()
    expect(events).toContain(login?.reason?.requestId)
    const record = (await scene.issued()).find(({ serial }) => serial === login?.serial)
    expect(record).toMatchObject({ userId: 'local:dana', principals: [scene.sshd.user], approvalRequestId: '' })
  })

  test('a call that spends an approval has a connection of its own, which names it', async () => {
    const { run, approved } = await scene.server()
    await run('hello')
    const before = scene.logins().length
    const { request_id, result } = await approved('run_ssh_command', { host_id: 'web-1', template_id: 'grave' })
    expect(result).toMatchObject({ stdout: 'done\n' })
    const [login, ...others] = scene.logins().slice(before)
    expect(others).toEqual([])
    expect(login?.reason).toMatchObject({ userId: 'local:dana', approvalId: request_id, tool: 'run_ssh_command' })
    const record = (await scene.issued()).find(({ serial }) => serial === login?.serial)
    expect(record).toMatchObject({ approvalRequestId: request_id })
  })

  test('the certificate is for two minutes and our address, and permits nothing beyond commands', async () => {
    const { run } = await scene.server()
    const text = String((await run('shown')).stdout)
    expect(text).toMatch(/Critical Options:\s+source-address 127\.0\.0\.1(\/32)?\s+Extensions: \(none\)/)
    const [, from = '', to = ''] = /Valid: from (\S+) to (\S+)/.exec(text) ?? []
    expect((Date.parse(to) - Date.parse(from)) / 1000).toBe(180)
  })

  test('a connection is not used again once its certificate has expired', async () => {
    let ahead = -80_000
    const { run } = await scene.server({ ...systemClock, now: () => systemClock.now() + ahead })
    const before = scene.logins().length
    await run('hello')
    await run('hello')
    expect(scene.logins().length - before).toBe(1)
    ahead = 45_000
    expect(await run('hello')).toMatchObject({ stdout: 'hello\n' })
    expect(
      new Set(
        scene
          .logins()
          .slice(before)
          .map(({ serial }) => serial),
      ).size,
    ).toBe(2)
  })

  test('our own connection is closed when its certificate is revoked', async () => {
    const { call, run, approved } = await scene.server()
    const before = scene.logins().length
    const { session_id } = await call('ssh_connect', { host_id: 'web-1' })
    const [login] = scene.logins().slice(before)
    expect(login?.reason?.tool).toBe('ssh_connect')
    expect(await run('hello', { session_id })).toMatchObject({ stdout: 'hello\n' })
    const certId = (await scene.issued()).find(({ serial }) => serial === login?.serial)?.certId
    await approved('revoke_cert', { cert_id: certId, reason: 'as a test' })
    await expect(run('hello', { session_id })).rejects.toThrow('SESSION_UNKNOWN')
    // The next connection is by the next certificate.
    expect(await run('hello')).toMatchObject({ stdout: 'hello\n' })
  })

  test('a locked CA refuses before anything is connected', async () => {
    const { run } = await scene.server(systemClock, { SSH_AUTH_SOCK: '' })
    const before = scene.connections()
    await expect(run('hello')).rejects.toThrow('CA_LOCKED')
    expect(scene.connections()).toBe(before)
  })

  test('a host that does not let the principal in refuses, and no key stands in for the certificate', async () => {
    const { call } = await scene.server()
    const refused = call('run_ssh_command', { host_id: 'elsewhere', template_id: 'hello' })
    await expect(refused).rejects.toThrow(/TRANSPORT_AUTH_FAILED: .*certificate sshmcp\/1\/local:dana\/op_/)
  })

  test('`hosts test` logs in with an identity of its own', async () => {
    const [host] = readHosts(scene.desk())
    if (host === undefined) throw new Error('no host')
    const before = scene.logins().length
    const trial = await tryLogin(scene.desk(), host, AbortSignal.timeout(20_000))
    expect(trial.facts.authenticatedWith).toContain('certificate sshmcp/1/local:dana/op_')
    expect(scene.logins()[before]?.reason?.tool).toBe('hosts-test')
  })
})
