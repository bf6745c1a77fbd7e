import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LoginReason, parseKeyId } from '@sshmcp/ca'
import { type Clock, Secret, systemClock } from '@sshmcp/kernel'
import { openFileCertStore } from '@sshmcp/store-file'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainShell } from '../../../test/support/accounts.ts'
import { template } from '../../../test/support/product-scene.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { initCa } from '../src/certificates/ca-admin.ts'
import { createRuntime, type Runtime } from '../src/create-runtime.ts'
import { tryLogin } from '../src/host-login.ts'
import { readHosts } from '../src/hosts-file.ts'
import { loadConfig } from '../src/loader/load-config.ts'
import { type ConfigFolder, configFolder } from '../src/testing/config-folder.ts'

const passphrase = 'correct horse battery'

/** One login as sshd wrote it down. */
interface LoggedLogin {
  readonly account: string
  readonly reason: LoginReason | undefined
  readonly serial: string
}

/** The logins with a certificate in a log of sshd. */
function loginsIn(log: string): readonly LoggedLogin[] {
  const line =
    /Accepted publickey for (\S+) from 127\.0\.0\.1 port \d+ ssh2: ED25519-CERT SHA256:\S+ ID (\S+) \(serial (\d+)\) CA/g
  return [...log.matchAll(line)].map(([, account = '', keyId = '', serial = '']) => ({
    account,
    reason: parseKeyId(keyId),
    serial,
  }))
}

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('an identity per connection on a real sshd', () => {
  let folder: ConfigFolder
  let sshd: TestSshd
  const runtimes: Runtime[] = []

  beforeAll(async () => {
    folder = configFolder()
    const certData = join(folder.dir, 'cert_data')
    sshd = await startSshd({
      ...plainShell,
      config: [
        // No key of a file logs in here.
        'AuthorizedKeysFile none',
        'LogLevel VERBOSE',
        'ExposeAuthInfo yes',
        'Subsystem sftp internal-sftp',
        `TrustedUserCAKeys ${join(certData, 'ca.pub')}`,
        `RevokedKeys ${join(certData, 'krl')}`,
      ],
    })
    folder.write('passphrase', `${passphrase}\n`)
    folder.write('known_hosts', readFileSync(sshd.knownHostsFile, 'utf8'))
    const { port, user: ssh_user } = sshd
    const host = { hostname: '127.0.0.1', port, ssh_user }
    folder.write('hosts.json', [
      { ...host, host_id: 'web-1', certificate: { mode: 'per_connection', principal: sshd.user } },
      { ...host, host_id: 'elsewhere', certificate: { mode: 'per_connection', principal: 'somebody-else' } },
    ])
    folder.write('templates.json', [
      template('hello', 'echo hello'),
      template('shown', 'cut -d" " -f2- "$SSH_USER_AUTH" | ssh-keygen -L -f -'),
      template('grave', 'echo done', { risk_level: 'high' }),
    ])
    folder.write('policy.json', { rate_limits: { max_requests_per_minute: 1000 } })
    await initCa(desk(), async () => new Secret(passphrase))
  })
  afterAll(async () => {
    await Promise.all(runtimes.map((runtime) => runtime.close()))
    await sshd?.stop()
    folder?.remove()
  })

  const unlocked = () => ({ SSH_MCP_CA_PASSPHRASE_FILE: join(folder.dir, 'passphrase') })
  const config = (env: Readonly<Record<string, string>> = unlocked()) =>
    loadConfig(
      folder.surroundings({
        SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false',
        SSH_MCP_SSH_KNOWN_HOSTS_FILE: join(folder.dir, 'known_hosts'),
        ...env,
      }),
    )
  const desk = () => {
    const { places, settings } = config()
    return { places, settings, login: 'dana', homeDir: folder.dir, version: '0' }
  }
  const logins = () => loginsIn(sshd.log())
  const issued = () => openFileCertStore({ folder: join(folder.dir, 'cert_data'), clock: systemClock }).listIssued()

  async function server(clock: Clock = systemClock, env: Readonly<Record<string, string>> = unlocked()) {
    const runtime = await createRuntime(config(env), { adapters: { clock }, version: '0', log: () => {} })
    runtimes.push(runtime)
    const call = async (tool: string, args: object, via: 'model' | 'terminal' = 'model') => {
      const reply = await runtime.pipeline.call({
        tool,
        args,
        credential: { kind: 'local' },
        client: { name: 'test', version: '1' },
        via,
        signal: AbortSignal.timeout(30_000),
      })
      if (reply.isError) throw new Error(`${reply.error.code}: ${reply.error.message}`)
      return reply.result
    }
    const run = (template_id: string, more = {}) => call('run_ssh_command', { host_id: 'web-1', template_id, ...more })
    /** With the yes of a person for exactly this call. */
    const approved = async (tool: string, args: object) => {
      const asked = await call('request_approval', { action: tool, arguments: args, justification: 'as agreed' })
      const request_id = String(asked.request_id)
      const { typed_word } = await call('show_approval', { request_id }, 'terminal')
      await call('decide_approval', { request_id, decision: { verdict: 'approve', typed_word } }, 'terminal')
      return { request_id, result: await call(tool, { ...args, approval_request_id: request_id }) }
    }
    return { call, run, approved }
  }

  test('the line in sshd’s log says who, for which request, and through which tool; the issue is on record', async () => {
    const { run, call } = await server()
    const before = logins().length
    expect(await run('hello')).toMatchObject({ stdout: 'hello\n' })
    expect(await run('hello')).toMatchObject({ stdout: 'hello\n' })
    const [login, ...others] = logins().slice(before)
    expect(others).toEqual([])
    const events = JSON.stringify(await call('get_audit_logs', { last_n: 20 }))
    expect(login).toMatchObject({
      account: sshd.user,
      reason: { userId: 'local:dana', requestId: expect.stringMatching(/^op_/), tool: 'run_ssh_command' },
    })
    expect(login?.reason?.approvalId).toBeUndefined()
    expect(events).toContain(login?.reason?.requestId)
    const record = (await issued()).find(({ serial }) => serial === login?.serial)
    expect(record).toMatchObject({ userId: 'local:dana', principals: [sshd.user], approvalRequestId: '' })
  })

  test('a call that spends an approval has a connection of its own, which names it', async () => {
    const { run, approved } = await server()
    await run('hello')
    const before = logins().length
    const { request_id, result } = await approved('run_ssh_command', { host_id: 'web-1', template_id: 'grave' })
    expect(result).toMatchObject({ stdout: 'done\n' })
    const [login, ...others] = logins().slice(before)
    expect(others).toEqual([])
    expect(login?.reason).toMatchObject({ userId: 'local:dana', approvalId: request_id, tool: 'run_ssh_command' })
    const record = (await issued()).find(({ serial }) => serial === login?.serial)
    expect(record).toMatchObject({ approvalRequestId: request_id })
  })

  test('the certificate is for two minutes and our address, and permits nothing beyond commands', async () => {
    const { run } = await server()
    const text = String((await run('shown')).stdout)
    expect(text).toMatch(/Critical Options:\s+source-address 127\.0\.0\.1(\/32)?\s+Extensions: \(none\)/)
    const [, from = '', to = ''] = /Valid: from (\S+) to (\S+)/.exec(text) ?? []
    expect((Date.parse(to) - Date.parse(from)) / 1000).toBe(180)
  })

  test('a connection is not used again once its certificate has expired', async () => {
    let ahead = -80_000
    const { run } = await server({ ...systemClock, now: () => systemClock.now() + ahead })
    const before = logins().length
    await run('hello')
    await run('hello')
    expect(logins().length - before).toBe(1)
    ahead = 45_000
    expect(await run('hello')).toMatchObject({ stdout: 'hello\n' })
    expect(
      new Set(
        logins()
          .slice(before)
          .map(({ serial }) => serial),
      ).size,
    ).toBe(2)
  })

  test('our own connection is closed when its certificate is revoked', async () => {
    const { call, run, approved } = await server()
    const before = logins().length
    const { session_id } = await call('ssh_connect', { host_id: 'web-1' })
    const [login] = logins().slice(before)
    expect(login?.reason?.tool).toBe('ssh_connect')
    expect(await run('hello', { session_id })).toMatchObject({ stdout: 'hello\n' })
    const certId = (await issued()).find(({ serial }) => serial === login?.serial)?.certId
    await approved('revoke_cert', { cert_id: certId, reason: 'as a test' })
    await expect(run('hello', { session_id })).rejects.toThrow('SESSION_UNKNOWN')
    // The next connection is by the next certificate.
    expect(await run('hello')).toMatchObject({ stdout: 'hello\n' })
  })

  test('a locked CA refuses before anything is connected', async () => {
    const { run } = await server(systemClock, { SSH_AUTH_SOCK: '' })
    const connections = () => sshd.log().match(/Connection from /g)?.length
    const before = connections()
    await expect(run('hello')).rejects.toThrow('CA_LOCKED')
    expect(connections()).toBe(before)
  })

  test('a host that does not let the principal in refuses, and no key stands in for the certificate', async () => {
    const { call } = await server()
    const refused = call('run_ssh_command', { host_id: 'elsewhere', template_id: 'hello' })
    await expect(refused).rejects.toThrow(/TRANSPORT_AUTH_FAILED: .*certificate sshmcp\/1\/local:dana\/op_/)
  })

  test('`hosts test` logs in with an identity of its own', async () => {
    const [host] = readHosts(desk())
    if (host === undefined) throw new Error('no host')
    const before = logins().length
    const trial = await tryLogin(desk(), host, AbortSignal.timeout(20_000))
    expect(trial.facts.authenticatedWith).toContain('certificate sshmcp/1/local:dana/op_')
    expect(logins()[before]?.reason?.tool).toBe('hosts-test')
  })
})
