import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LoginReason, parseKeyId } from '@sshmcp/ca'
import { type Clock, Secret, systemClock } from '@sshmcp/kernel'
import { openFileCertStore } from '@sshmcp/store-file'
import { type SshdOptions, startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { initCa } from '../src/certificates/ca-admin.ts'
import { createRuntime } from '../src/create-runtime.ts'
import { loadConfig } from '../src/loader/load-config.ts'
import type { Runtime } from '../src/runtime.ts'
import { type ConfigFolder, configFolder } from '../src/testing/config-folder.ts'

/** Of the CA. */
export const passphrase = 'correct horse battery'

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

export interface SceneOptions {
  /** Of `hosts.json`, beside where the sshd is. */
  readonly hosts: (sshd: TestSshd) => readonly object[]
  readonly templates: readonly object[]
  readonly sshd?: SshdOptions
}

/** A host that takes certificates of our CA and no keys, and servers that are configured for it. */
export interface CertifiedHost {
  readonly folder: ConfigFolder
  readonly sshd: TestSshd
  /** What opens the CA. */
  readonly unlocked: Readonly<Record<string, string>>
  desk(env?: Readonly<Record<string, string>>): ReturnType<typeof deskOf>
  /** Every login with a certificate so far. */
  logins(): readonly LoggedLogin[]
  /** How many connections the host has seen. */
  connections(): number
  issued(): ReturnType<ReturnType<typeof openFileCertStore>['listIssued']>
  /** A server of its own, closed with the scene. */
  server(clock?: Clock, env?: Readonly<Record<string, string>>): Promise<Server>
  stop(): Promise<void>
}

type Server = ReturnType<typeof serverOf>

export async function certifiedHost(options: SceneOptions): Promise<CertifiedHost> {
  const folder = configFolder()
  const certData = join(folder.dir, 'cert_data')
  const sshd = await startSshd({
    ...options.sshd,
    config: [
      ...(options.sshd?.config ?? []),
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
  const host = { hostname: '127.0.0.1', port: sshd.port, ssh_user: sshd.user }
  folder.write(
    'hosts.json',
    options.hosts(sshd).map((own) => ({ ...host, ...own })),
  )
  folder.write('templates.json', options.templates)
  folder.write('policy.json', { rate_limits: { max_requests_per_minute: 1000 } })
  const unlocked = { SSH_MCP_CA_PASSPHRASE_FILE: join(folder.dir, 'passphrase') }
  try {
    await initCa(deskOf(folder, unlocked), async () => new Secret(passphrase))
  } catch (error) {
    // A scene that is described wrongly leaves no daemon behind.
    await sshd.stop()
    folder.remove()
    throw error
  }
  const runtimes: Runtime[] = []
  return {
    folder,
    sshd,
    unlocked,
    desk: (env = unlocked) => deskOf(folder, env),
    logins: () => loginsIn(sshd.log()),
    connections: () => sshd.log().match(/Connection from /g)?.length ?? 0,
    issued: () => openFileCertStore({ folder: certData, clock: systemClock }).listIssued(),
    async server(clock = systemClock, env = unlocked) {
      const config = configOf(folder, env)
      const runtime = await createRuntime(config, { adapters: { clock }, version: '0', log: () => {} })
      runtimes.push(runtime)
      return serverOf(runtime)
    },
    async stop() {
      await Promise.all(runtimes.map((runtime) => runtime.close()))
      await sshd.stop()
      folder.remove()
    },
  }
}

function configOf(folder: ConfigFolder, env: Readonly<Record<string, string>>) {
  return loadConfig(
    folder.surroundings({
      SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false',
      SSH_MCP_SSH_KNOWN_HOSTS_FILE: join(folder.dir, 'known_hosts'),
      ...env,
    }),
  )
}

function deskOf(folder: ConfigFolder, env: Readonly<Record<string, string>>) {
  const { places, settings } = configOf(folder, env)
  return { places, settings, login: 'dana', homeDir: folder.dir, version: '0' }
}

/** A call as a client makes it. */
interface CallOptions {
  readonly via?: 'model' | 'terminal'
  readonly signal?: AbortSignal
}

/** A runtime as its callers have it. */
export function serverOf({ pipeline }: Runtime) {
  const reply = (tool: string, args: object, { via = 'model', signal }: CallOptions = {}) =>
    pipeline.call({
      tool,
      args,
      credential: { kind: 'local' },
      client: { name: 'test', version: '1' },
      via,
      signal: signal ?? AbortSignal.timeout(30_000),
    })
  const call = async (tool: string, args: object, options: CallOptions = {}) => {
    const answer = await reply(tool, args, options)
    if (answer.isError) throw new Error(`${answer.error.code}: ${answer.error.message}`)
    return answer.result
  }
  const run = (template_id: string, more = {}, options: CallOptions = {}) =>
    call('run_ssh_command', { host_id: 'web-1', template_id, ...more }, options)
  /** The yes of a person for exactly this call. */
  const approve = async (tool: string, args: object) => {
    const asked = await call('request_approval', { action: tool, arguments: args, justification: 'as agreed' })
    const request_id = String(asked.request_id)
    const { typed_word } = await call('show_approval', { request_id }, { via: 'terminal' })
    const decision = { verdict: 'approve', typed_word }
    await call('decide_approval', { request_id, decision }, { via: 'terminal' })
    return request_id
  }
  /** Asks, has it approved, and calls. */
  const approved = async (tool: string, args: object) => {
    const request_id = await approve(tool, args)
    return { request_id, result: await call(tool, { ...args, approval_request_id: request_id }) }
  }
  return { reply, call, run, approve, approved }
}
