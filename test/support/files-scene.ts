import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MemoryAuditStore } from '@sshmcp/audit/testing'
import { tokenSha256 } from '@sshmcp/identity'
import type { CallRequest, Reply } from '@sshmcp/pipeline'
import { createRuntime, loadConfig } from '@sshmcp/runtime'
import { type ConfigFolder, configFolder } from '@sshmcp/runtime/testing'
import type { TestSshd } from './sshd.ts'

/** The whole product, as a call sees it, with the files of a real host and a real transfer folder. */
export interface FilesScene {
  /** On the host; below the one allowed path. */
  readonly remote: string
  /** On the host; outside of it, holding `secret`. */
  readonly outside: string
  /** The transfer folder. */
  readonly local: string
  call(tool: string, args: Readonly<Record<string, unknown>>, extra?: Partial<CallRequest>): Promise<Reply>
  upload(name: string, more?: Readonly<Record<string, unknown>>, extra?: Partial<CallRequest>): Promise<Reply>
  download(name: string, more?: Readonly<Record<string, unknown>>, extra?: Partial<CallRequest>): Promise<Reply>
  /** Every name of both folders that begins with a dot: what transfers left behind. */
  leftovers(): readonly string[]
  /** Writes a file into the transfer folder. */
  put(name: string, content: string | Uint8Array): void
  /** How the journal closes the last call. */
  lastEntry(): Promise<unknown>
  close(): Promise<void>
}

/** A host with files: a real sshd, or one in this process. */
export type FilesHost = Pick<TestSshd, 'port' | 'user' | 'folder' | 'identityFile' | 'knownHostsFile'>

export interface SceneOptions {
  /** Default: the daemon's. */
  readonly port?: number
  readonly policy?: Readonly<Record<string, unknown>>
  /** Default: a fresh folder of the daemon's. */
  readonly remote?: string
  /** Callers with a transfer folder each; the first one is who calls. Default: local mode, where the folder is the caller's. */
  readonly identities?: readonly string[]
}

export async function filesScene(sshd: FilesHost, options: SceneOptions = {}): Promise<FilesScene> {
  const base = realpathSync(mkdtempSync(join(sshd.folder, 'host-')))
  const [remote, outside] = [options.remote ?? join(base, 'allowed'), join(base, 'outside')]
  mkdirSync(remote, { recursive: true })
  mkdirSync(outside)
  writeFileSync(join(outside, 'secret'), 'the secret')
  const folder = configFolder()
  const config = configure(folder, sshd, remote, options)
  const runtime = await createRuntime(config, {
    adapters: { audit: { store: new MemoryAuditStore() } },
    version: '0',
    log: () => {},
  })
  const local = join(config.places.transferDir, options.identities?.[0] ?? '')
  mkdirSync(local, { mode: 0o700, recursive: true })
  const call: FilesScene['call'] = (tool, args, extra = {}) =>
    runtime.pipeline.call({
      tool,
      args,
      credential: config.credential,
      client: { name: 'test', version: '1' },
      via: 'model',
      signal: new AbortController().signal,
      ...extra,
    })
  const transfer = (direction: string, local: string): FilesScene['upload'] => {
    return (name, more = {}, extra = {}) => {
      const args = {
        host_id: 'box',
        direction,
        remote_path: `${remote}/${name}`,
        local_path: local,
        justification: 'a test',
      }
      return call('transfer_file', { ...args, ...more }, extra)
    }
  }
  return {
    remote,
    outside,
    local,
    call,
    upload: transfer('upload', 'file'),
    download: transfer('download', 'got'),
    leftovers: () => [...readdirSync(remote), ...readdirSync(local)].filter((name) => /^\.sshmcp.*\.part$/.test(name)),
    put: (name, content) => writeFileSync(join(local, name), content, { mode: 0o600 }),
    async lastEntry() {
      const reply = await call('get_audit_logs', { last_n: 5 })
      const events = reply.isError ? [] : reply.result.events
      return Array.isArray(events)
        ? events.filter(({ kind }) => kind === 'outcome' || kind === 'decision').at(-1)
        : events
    },
    async close() {
      await runtime.close()
      folder.remove()
    },
  }
}

function configure(folder: ConfigFolder, sshd: FilesHost, remote: string, options: SceneOptions) {
  const { port = sshd.port, policy, identities = [] } = options
  if (identities.length > 0) folder.write('identities.json', { identities: identities.map(identityOf) })
  folder.write('hosts.json', [
    { host_id: 'box', hostname: '127.0.0.1', port, ssh_user: sshd.user, identity_file: sshd.identityFile },
  ])
  folder.write('policy.json', {
    transfer_policy: { allowed_paths: [`${remote}/*`], max_upload_bytes: 4e9, max_download_bytes: 4e9, ...policy },
    rate_limits: { max_requests_per_minute: 100_000 },
  })
  const known = readFileSync(sshd.knownHostsFile, 'utf8').replaceAll(`]:${sshd.port}`, `]:${port}`)
  const env = {
    SSH_MCP_SSH_KNOWN_HOSTS_FILE: folder.write('known_hosts', known),
    SSH_MCP_SSH_TIMEOUT_SECONDS: '20',
    ...(identities[0] === undefined ? {} : { SSH_MCP_AUTH_TOKEN: tokenOf(identities[0]) }),
  }
  return loadConfig(folder.surroundings(env))
}

function tokenOf(user_id: string): string {
  return `token of ${user_id}`
}

function identityOf(user_id: string) {
  return { user_id, roles: ['operator', 'auditor'], token_sha256: tokenSha256(tokenOf(user_id)) }
}
