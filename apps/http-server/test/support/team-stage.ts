import { tokenSha256 } from '@sshmcp/identity'
import { type AuditEntry, exportJournal, verifyJournal } from '@sshmcp/runtime'
import { loadHttpConfig } from '@sshmcp/runtime/http'
import { type ConfigFolder, configFolder } from '@sshmcp/runtime/testing'
import type { TestSshd } from '../../../../test/support/sshd.ts'
import { type BuiltServer, startBuiltServer } from './built-server.ts'
import { McpCaller } from './mcp-caller.ts'

export const tokenOf = (name: string): string => `token-of-${name}`

/** A template without parameters that needs nobody's yes. */
export function template(template_id: string, command: string) {
  return { template_id, description: template_id, command, allowed_params: {}, risk_level: 'low' }
}

export interface TeamStageOptions {
  readonly names: readonly string[]
  readonly templates: readonly object[]
  readonly env?: Readonly<Record<string, string>>
}

/** The built server, a team with a token each, and one real host, `web-1`. */
export class TeamStage {
  readonly folder: ConfigFolder
  readonly server: BuiltServer
  readonly mcp: McpCaller

  private constructor(folder: ConfigFolder, server: BuiltServer) {
    this.folder = folder
    this.server = server
    this.mcp = new McpCaller((path, init) => fetch(`${server.url}${path}`, init))
  }

  static async start(sshd: TestSshd, { names, templates, env = {} }: TeamStageOptions): Promise<TeamStage> {
    const folder = configFolder()
    const { port, user: ssh_user, identityFile: identity_file } = sshd
    folder.write('hosts.json', [{ host_id: 'web-1', hostname: '127.0.0.1', port, ssh_user, identity_file }])
    folder.write('templates.json', templates)
    folder.write('policy.json', { rate_limits: { max_requests_per_minute: 10_000, max_concurrent: 100 } })
    const roles = ['operator', 'auditor']
    const identities = names.map((user_id) => ({ user_id, roles, token_sha256: tokenSha256(tokenOf(user_id)) }))
    folder.write('identities.json', { identities })
    try {
      const known = { SSH_MCP_SSH_KNOWN_HOSTS_FILE: sshd.knownHostsFile }
      return new TeamStage(folder, await startBuiltServer(folder, [], { ...known, ...env }))
    } catch (error) {
      folder.remove()
      throw error
    }
  }

  /** The journal as it lies on the disk, and what verifying it says. */
  async journal() {
    const { places } = loadHttpConfig(this.folder.surroundings(), { isDev: false, isBehindProxy: false })
    const entries: AuditEntry[] = []
    for await (const entry of exportJournal(places)) entries.push(entry)
    return { entries, verified: await verifyJournal(places, 'signed') }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server[Symbol.asyncDispose]()
    this.folder.remove()
  }
}
