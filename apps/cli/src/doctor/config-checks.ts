import { isSshMcpError } from '@sshmcp/kernel'
import { type Config, loadConfig, parseEnvironment, readConfiguration, type Surroundings } from '@sshmcp/runtime'
import type { EditorsAtHand } from '../editors-at-hand.ts'
import { type Check, fail, ok, warn } from './check.ts'

/** The configuration as a server would read it, and what is to be said about it. */
export interface ReadConfig {
  /** Undefined when a server would not start. */
  readonly config: Config | undefined
  readonly checks: readonly Check[]
}

/** Reads the configuration as a server does at its start, and what the editors' own files say beside it. */
export function configurationChecks(surroundings: Surroundings, editors: EditorsAtHand): ReadConfig {
  try {
    const config = asServed(surroundings)
    const { rules, identities, places, warnings } = config
    const count = `${counted(rules.hosts.length, 'host')}, ${counted(rules.templates.length, 'template')}`
    const noHost = rules.hosts.length === 0
    const checks = [
      noHost
        ? warn('config', `${places.configDir}: ${count}.`, 'Add the first host: sshmcp hosts add USER@HOST')
        : ok('config', `${places.configDir}: ${count}, ${counted(identities.length, 'identity', 'identities')}`),
      ...warnings.map(warningLine),
      approvers(config, editors.onePerson),
      ...token(config, editors),
    ]
    return { config, checks }
  } catch (error) {
    if (!isSshMcpError(error)) throw error
    return { config: undefined, checks: [fail('config', error.message, error.next)] }
  }
}

/** A token that is set has to hold. Without one this may be the machine of an HTTP server, whose callers bring theirs. */
function asServed(surroundings: Surroundings): Config {
  const { authToken, authTokenFile } = parseEnvironment(surroundings.env)
  return authToken === undefined && authTokenFile === undefined
    ? readConfiguration(surroundings)
    : loadConfig(surroundings)
}

/** Who needs a token where identities are named and none is set here: what an editor starts, never the HTTP server. */
function token({ settings, identities, places }: Config, { withoutToken }: EditorsAtHand): readonly Check[] {
  const isSet = settings.authToken !== undefined || settings.authTokenFile !== undefined
  if (isSet || identities.length === 0) return []
  const lacking = withoutToken(places.configDir)
  if (lacking.length === 0) {
    const text = 'none is set here: the HTTP server needs none of its own; commands such as `sshmcp run` need yours'
    return [ok('token', text)]
  }
  return lacking.map((editor) =>
    fail(
      'token',
      `The file of ${editor} starts a server on this configuration and names no token: with identities it does not start.`,
      'In that file, give sshmcp the variable SSH_MCP_AUTH_TOKEN_FILE under "env": a file (mode 0600) that holds your token.',
    ),
  )
}

function warningLine(line: string): Check {
  const cure = 'Move the folder out of the workspace, and name it with SSH_MCP_CONFIG_DIR or --config-dir.'
  return warn('config', line, cure)
}

/** Whether anybody could approve anything. */
function approvers({ settings, identities }: Config, editors: readonly string[]): Check {
  if (!settings.requiresTwoPartyApproval) return ok('approvals', 'one person: whoever asks also decides')
  if (editors.length > 0) return ok('approvals', `one person, as the file of ${editors.join(', ')} says`)
  const deciders = identities.filter(({ roles }) => roles.has('operator') || roles.has('admin'))
  if (deciders.length >= 2) return ok('approvals', `two people: ${deciders.map(({ userId }) => userId).join(', ')}`)
  return warn(
    'approvals',
    `A second person has to approve privileged operations, and ${deciders.length === 1 ? 'there is only one' : 'there is none'}.`,
    'Alone: set SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL=false (sshmcp mcp-config EDITOR --one-person --write). Not alone: sshmcp identities add NAME --roles operator, for each.',
  )
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** Where node itself is too old. */
export function nodeVersion(version: string): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return ok('node', version)
  return fail('node', `Node ${version} is too old.`, 'Install Node 20.19 or newer, then run sshmcp mcp-config again.')
}
