import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type ClientForm, type ClientFormAnswer, connectStdioClient, type StdioClient } from '@sshmcp/mcp/client'
import { openRuntime } from '@sshmcp/runtime'
import { type ConfigFolder, configFolder } from '@sshmcp/runtime/testing'
import type { TestSshd } from '../../support/sshd.ts'
import { builtServer } from '../stdio-server.ts'
import { templates } from './templates.ts'

/** One bearer token for each person; the tests' own. */
const tokenOf = (person: string): string => `token-of-${person}-0123456789abcdef`

const rolesOf: Readonly<Record<string, readonly string[]>> = {
  alice: ['operator'],
  bob: ['operator'],
  carol: ['admin'],
}

const identity = (user_id: string) => ({
  user_id,
  roles: rolesOf[user_id],
  token_sha256: createHash('sha256').update(tokenOf(user_id)).digest('hex'),
})

export interface ServerOptions {
  /** Whose token the server has; "" for none. */
  readonly as?: string
  readonly env?: Readonly<Record<string, string>>
  /** How far the clock of the server's process is off. */
  readonly clockOffMs?: number
  readonly onForm?: (form: ClientForm) => ClientFormAnswer
}

/** A configuration for a team, a host that counts what ran on it, and servers as editors start them. */
export class ApprovalsWorld {
  readonly folder: ConfigFolder = configFolder()
  readonly #sshd: TestSshd
  readonly #executed: string
  readonly #clients: StdioClient[] = []
  #count = 0

  constructor(sshd: TestSshd) {
    this.#sshd = sshd
    const open = mkdtempSync(join(sshd.folder, 'ran-'))
    chmodSync(open, 0o777)
    this.#executed = join(open, 'executed')
    this.reset()
  }

  /** Writes the configuration as it was in the beginning. */
  reset(): void {
    const { port, user, identityFile, knownHostsFile } = this.#sshd
    const host = { hostname: '127.0.0.1', port, ssh_user: user, identity_file: identityFile }
    this.folder.write('hosts.json', [
      { ...host, host_id: 'web-1' },
      { ...host, host_id: 'web-2', hostname: '127.0.0.2' },
      { ...host, host_id: 'shop' },
    ])
    this.folder.write('templates.json', templates(this.#executed))
    this.writeIdentities(Object.keys(rolesOf))
    this.folder.write('policy.json', {
      approvals: { ttl_seconds: 600, max_pending_per_identity: 1000 },
      rate_limits: { max_requests_per_minute: 1000, max_concurrent: 20 },
    })
    this.folder.write('known_hosts', readFileSync(knownHostsFile, 'utf8'))
  }

  /** Makes identities.json hold these people and nobody else. */
  writeIdentities(people: readonly string[]): void {
    this.folder.write('identities.json', { identities: people.map(identity) })
  }

  environment(as: string): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '',
      HOME: this.folder.dir,
      SSH_MCP_CONFIG_DIR: this.folder.dir,
      SSH_MCP_SSH_KNOWN_HOSTS_FILE: join(this.folder.dir, 'known_hosts'),
      ...(as === '' ? {} : { SSH_MCP_AUTH_TOKEN: tokenOf(as) }),
    }
  }

  /** Starts the built server. Alice's, when nobody is named. */
  async server(options: ServerOptions = {}): Promise<StdioClient> {
    const client = await this.lastingServer(options)
    this.#clients.push(client)
    return client
  }

  /** The same for one that outlives `endServers`. */
  lastingServer({ as = 'alice', env = {}, clockOffMs = 0, onForm }: ServerOptions = {}): Promise<StdioClient> {
    const shift = `const now = Date.now; Date.now = () => now() + ${clockOffMs}`
    return connectStdioClient({
      command: process.execPath,
      args: [
        ...(clockOffMs === 0 ? [] : ['--import', `data:text/javascript,${encodeURIComponent(shift)}`]),
        builtServer,
      ],
      env: { ...this.environment(as), ...env },
      ...(onForm === undefined ? {} : { onForm }),
    })
  }

  /** One decision of a person at a terminal of the same machine, by the road that the terminal's commands take. */
  async decides(person: string, requestId: string, decision: object): Promise<Readonly<Record<string, unknown>>> {
    const surroundings = { env: this.environment(person), cwd: '/', homeDir: this.folder.dir, login: 'dana' }
    const runtime = await openRuntime(surroundings, { version: '0', log: () => {} })
    try {
      const reply = await runtime.pipeline.call({
        tool: 'decide_approval',
        args: { request_id: requestId, decision },
        credential: runtime.credential,
        client: { name: 'terminal', version: '1' },
        signal: new AbortController().signal,
        via: 'terminal',
      })
      return reply.isError ? { code: reply.error.code } : reply.result
    } finally {
      await runtime.close()
    }
  }

  /** A name for a service that no other route uses, so that each operation is asked for once. */
  freshService(): string {
    return `service-${++this.#count}`
  }

  /** What ran on the host so far, a word for each execution. */
  ran(): readonly string[] {
    return existsSync(this.#executed) ? readFileSync(this.#executed, 'utf8').trim().split('\n') : []
  }

  stored(requestId: string, part: string): string {
    return join(this.folder.dir, 'approval_data', requestId, part)
  }

  /** Ends the servers started since the last time. */
  async endServers(): Promise<void> {
    await Promise.all(this.#clients.splice(0).map((client) => client.close()))
  }

  async remove(): Promise<void> {
    await this.endServers()
    this.folder.remove()
    rmSync(join(this.#executed, '..'), { recursive: true, force: true })
  }
}
