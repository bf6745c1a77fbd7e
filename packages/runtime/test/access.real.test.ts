import { execFile } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openCaKey } from '@sshmcp/ca'
import { type Clock, Secret, systemClock } from '@sshmcp/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isRoot } from '../../../test/support/accounts.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { makeKey, publicLine } from '../../../test/support/ssh-keys.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { initCa } from '../src/certificates/ca-admin.ts'
import { createRuntime } from '../src/create-runtime.ts'
import { loadConfig } from '../src/loader/load-config.ts'
import type { Runtime } from '../src/runtime.ts'
import { type ConfigFolder, configFolder } from '../src/testing/config-folder.ts'

const passphrase = 'correct horse battery'

// An ordinary user's sshd serves that user only, whose own authorized_keys is nothing to test with.
describe.skipIf(!requireReal('sshd', 'ssh', 'ssh-keygen') || !isRoot)('keys and certificates on a real sshd', () => {
  let folder: ConfigFolder
  let sshd: TestSshd
  const runtimes: Runtime[] = []
  const said: string[] = []
  const file = () => join(sshd.home, '.ssh', 'authorized_keys')
  /** What others wrote: odd, and theirs. */
  let foreign: Buffer

  beforeAll(async () => {
    folder = configFolder()
    const certData = join(folder.dir, 'cert_data')
    sshd = await startSshd({
      userShell: '/bin/sh',
      config: [
        'Subsystem sftp internal-sftp',
        'AuthorizedKeysFile .ssh/authorized_keys',
        `TrustedUserCAKeys ${join(certData, 'ca.pub')}`,
        `RevokedKeys ${join(certData, 'krl')}`,
      ],
    })
    folder.write('passphrase', `${passphrase}\n`)
    folder.write('known_hosts', readFileSync(sshd.knownHostsFile, 'utf8'))
    const { port, user: ssh_user, identityFile: identity_file } = sshd
    folder.write('hosts.json', [{ host_id: 'web-1', hostname: '127.0.0.1', port, ssh_user, identity_file }])
    folder.write('policy.json', {
      key_policy: { principals: { alice: [sshd.user] } },
      rate_limits: { max_requests_per_minute: 1000 },
    })
    const { places, settings } = config()
    await initCa(
      { places, settings, login: 'dana', homeDir: folder.dir, version: '0' },
      async () => new Secret(passphrase),
    )
    const odd = Buffer.from('# caf\u00e9 \xff, no newline at the end: ssh-ed25519 AAAA sshmcp:id=x exp=1', 'latin1')
    foreign = Buffer.concat([Buffer.from(`\r\n${publicLine(sshd.identityFile)}\n\n`), odd])
    mkdirSync(join(sshd.home, '.ssh'), { recursive: true, mode: 0o700 })
    writeFileSync(file(), foreign)
    const { uid, gid } = statSync(sshd.home)
    for (const path of [join(sshd.home, '.ssh'), file()]) chownSync(path, uid, gid)
    chmodSync(file(), 0o640)
  })
  afterAll(async () => {
    await Promise.all(runtimes.map((runtime) => runtime.close()))
    await sshd?.stop()
    folder?.remove()
  })
  beforeEach(() => writeFileSync(file(), foreign))

  const config = () =>
    loadConfig(
      folder.surroundings({
        SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false',
        SSH_MCP_SSH_KNOWN_HOSTS_FILE: join(folder.dir, 'known_hosts'),
        SSH_MCP_CA_PASSPHRASE_FILE: join(folder.dir, 'passphrase'),
      }),
    )

  async function server(clock: Clock = systemClock) {
    const runtime = await createRuntime(config(), { adapters: { clock }, version: '0', log: (line) => said.push(line) })
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
      said.push(JSON.stringify(reply))
      if (reply.isError) throw new Error(`${reply.error.code}: ${reply.error.message}`)
      return reply.result
    }
    /** With the yes of a person for exactly this call. */
    const approved = async (tool: string, args: object) => {
      const asked = await call('request_approval', { action: tool, arguments: args, justification: 'as agreed' })
      const { request_id } = asked
      const { typed_word } = await call('show_approval', { request_id }, 'terminal')
      await call('decide_approval', { request_id, decision: { verdict: 'approve', typed_word } }, 'terminal')
      return call(tool, { ...args, approval_request_id: request_id })
    }
    return { call, approved }
  }

  function newKey(name: string): string {
    const path = join(sshd.folder, name)
    makeKey(path, 'ed25519')
    return path
  }

  /** A login by the real client. */
  const logsIn = (identity: string, certificate?: string): Promise<boolean> => {
    const options = [
      'IdentitiesOnly=yes',
      'IdentityAgent=none',
      'BatchMode=yes',
      `UserKnownHostsFile=${sshd.knownHostsFile}`,
      ...(certificate === undefined ? [] : [`CertificateFile=${certificate}`]),
    ].flatMap((option) => ['-o', option])
    const where = ['-p', String(sshd.port), `${sshd.user}@127.0.0.1`, 'echo', 'in']
    return new Promise((resolve) => {
      execFile('ssh', ['-F', 'none', '-i', identity, ...options, ...where], (error, out) =>
        resolve(error === null && out === 'in\n'),
      )
    })
  }

  const added = (path: string) => ({
    user_name: sshd.user,
    public_key: publicLine(path),
    ttl_seconds: 60,
    host_id: 'web-1',
  })

  test('a key logs in until its time is over, its line still there; pruning gives the file back byte for byte', async () => {
    // A server whose clock is behind: the minute that it gives is over in five seconds.
    const behind = await server({ ...systemClock, now: () => systemClock.now() - 55_000 })
    const key = newKey('short')
    expect(await behind.approved('add_ssh_key', added(key))).toMatchObject({
      status: 'installed',
      hosts: [{ host_id: 'web-1', outcome: 'done' }],
    })
    expect(await logsIn(key)).toBe(true)
    await expect.poll(() => logsIn(key), { timeout: 15_000, interval: 500 }).toBe(false)
    expect(readFileSync(file(), 'latin1')).toContain('restrict,pty,expiry-time="')
    expect(await (await server()).call('prune_keys', {}, 'terminal')).toMatchObject({ hosts: [{ outcome: 'done' }] })
    expect(readFileSync(file()).equals(foreign)).toBe(true)
    const { mode, uid } = statSync(file())
    expect([mode & 0o777, uid]).toEqual([0o640, statSync(sshd.home).uid])
  })

  test('a removed key stops at once', async () => {
    const { approved } = await server()
    const key = newKey('removed')
    const { key_id } = await approved('add_ssh_key', added(key))
    expect(await logsIn(key)).toBe(true)
    expect(await approved('remove_ssh_key', { key_id, reason: 'left' })).toMatchObject({ status: 'removed' })
    expect(await logsIn(key)).toBe(false)
    expect(readFileSync(file()).equals(foreign)).toBe(true)
  })

  test('two editors at once lose nothing', async () => {
    const { approved } = await server()
    const keys = [newKey('first'), newKey('second'), newKey('third')]
    await Promise.all(keys.map((key) => approved('add_ssh_key', added(key))))
    expect(await Promise.all(keys.map((key) => logsIn(key)))).toEqual([true, true, true])
    expect(readFileSync(file()).includes(foreign)).toBe(true)
  })

  test('a certificate logs in, and is refused once it is revoked', async () => {
    const { approved } = await server()
    const key = newKey('certified')
    const args = { user_id: 'alice', principals: [sshd.user], justification: 'on call', public_key: publicLine(key) }
    const issued = await approved('issue_cert', { ...args, ttl_seconds: 120 })
    const certificate = `${key}-cert.pub`
    writeFileSync(certificate, `${String(issued.certificate)}\n`)
    expect(await logsIn(key, certificate)).toBe(true)
    expect(await approved('revoke_cert', { cert_id: issued.cert_id, reason: 'lost' })).toMatchObject({
      status: 'revoked',
      // It trusts the CA without a word of that in hosts.json: an empty list would say that nothing is left to do.
      hosts: [{ outcome: 'not_configured', message: expect.stringContaining('sshmcp ca krl') }],
    })
    expect(await logsIn(key, certificate)).toBe(false)
    // The list shuts out one certificate and nobody else.
    expect(await logsIn(sshd.identityFile)).toBe(true)
  })

  test('the CA key and its passphrase stand nowhere but where they belong', async () => {
    const sealed = readFileSync(join(folder.dir, 'cert_data', 'ca.key'))
    const key = await openCaKey(sealed, new Secret(passphrase))
    const { d = '' } = key.privateKey.reveal().export({ format: 'jwk' })
    const seed = Buffer.from(d, 'base64url')
    const needles = [seed, ...(['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(seed.toString(form)))]
    const paths = readdirSync(folder.dir, { recursive: true, encoding: 'utf8' }).map((name) => join(folder.dir, name))
    const files = paths.filter((path) => statSync(path).isFile() && !path.endsWith('/passphrase'))
    const texts = [...files.map((path) => readFileSync(path)), ...said.map((line) => Buffer.from(line))]
    expect(texts.length).toBeGreaterThan(10)
    for (const needle of [...needles, Buffer.from(passphrase)]) {
      expect(texts.filter((text) => text.includes(needle))).toEqual([])
    }
    const open = files.filter((path) => path.includes('cert_data') && (statSync(path).mode & 0o077) !== 0)
    expect(open).toEqual([])
  })
})
