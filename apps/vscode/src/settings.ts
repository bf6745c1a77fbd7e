import { homedir } from 'node:os'
import { join } from 'node:path'
import type { EditorWorkspace } from './editor.ts'

/** The section of all settings. Each has the scope `machine`: a workspace, and so an agent that edits files there, cannot set it. */
export const section = 'sshMcp'

/** What a person set in the editor. */
export interface Settings {
  readonly configDir: string
  readonly nodePath: string
  /** As the server and the command line read them; the values shown in the editor win over inherited variables. */
  readonly variables: Readonly<Record<string, string>>
}

const numbers: readonly (readonly [key: string, variable: string, fallback: number])[] = [
  ['maxSessions', 'SSH_MCP_MAX_SESSIONS', 10],
  ['sessionIdleTimeout', 'SSH_MCP_SESSION_IDLE_TIMEOUT', 300],
  ['keepaliveInterval', 'SSH_MCP_KEEPALIVE_INTERVAL', 15],
  ['maxBackgroundJobs', 'SSH_MCP_MAX_BACKGROUND_JOBS', 10],
]

/** Reads the settings as they stand now. */
export function settingsOf(workspace: EditorWorkspace): Settings {
  const configuration = workspace.getConfiguration(section)
  const configDir = withHome(configuration.get('configDir', '~/.ssh-mcp').trim() || '~/.ssh-mcp')
  const counted = numbers.map(([key, variable, fallback]) => [variable, String(configuration.get(key, fallback))])
  return {
    configDir,
    nodePath: withHome(configuration.get('nodePath', '').trim()),
    variables: {
      SSH_MCP_CONFIG_DIR: configDir,
      ...Object.fromEntries(counted),
      SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: String(configuration.get('requireTwoPartyApproval', true)),
    },
  }
}

function withHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path
}
