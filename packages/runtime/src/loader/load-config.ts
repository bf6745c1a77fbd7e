import { join } from 'node:path'
import { createIdentity, type IdentityEntry } from '@sshmcp/identity'
import { type Credential, kernelErrors, Secret, shellWord, systemClock } from '@sshmcp/kernel'
import { type ConfigText, checkReferences, type Policy, parseHosts, parsePolicy, parseTemplates } from '@sshmcp/policy'
import type { Config, OneCallerConfig, Places } from '../config.ts'
import { type Environment, parseEnvironment, type Settings } from '../environment.ts'
import { parseIdentities } from '../identities-file.ts'
import { placesOf } from '../places.ts'
import { ConfigFiles, isInside, readTokenFile, refuseFileAsFolder, workTreeOf } from './config-files.ts'
import { readRedaction } from './redaction-file.ts'
import { requireApartFromSecrets } from './transfer-folder.ts'

/** What a process knows of itself before it has read anything. */
export interface Surroundings {
  readonly env: Environment
  /** `--config-dir`, when given. */
  readonly configDir?: string
  readonly cwd: string
  readonly homeDir: string
  readonly login: string
}

/**
 * Reads files and environment into a checked configuration; nothing is started, nothing written.
 *
 * @throws CONFIG_INVALID, IDENTITY_TOKEN_* naming file, path and cure
 */
export function loadConfig(surroundings: Surroundings): OneCallerConfig {
  const config = readConfiguration(surroundings)
  const { identities, login } = config
  const credential = credentialOf(config.settings)
  createIdentity({ entries: () => identities, login, clock: systemClock }).authenticate(credential)
  return { ...config, credential }
}

/** Whoever added the server to an editor by a button has nothing installed; and an editor may name another folder than the terminal. */
function initCure(configDir: string, homeDir: string): string {
  const words = configDir === join(homeDir, '.ssh-mcp') ? 'init' : `init --config-dir ${shellWord(configDir)}`
  return `Run \`sshmcp ${words}\` to make it; where sshmcp is not installed: \`npx -y @sshmcp/cli ${words}\`.`
}

/** Everything but the caller. @throws CONFIG_INVALID */
export function readConfiguration({ env, configDir, cwd, homeDir, login }: Surroundings): Config {
  const settings = parseEnvironment(env)
  const places = placesOf(settings, configDir, homeDir, cwd)
  refuseFileAsFolder(places.configDir)
  const files = new ConfigFiles()
  const init = initCure(places.configDir, homeDir)
  requireApartFromSecrets(places, homeDir)
  const hosts = files.required(places.hostsFile, init)
  const templates = files.required(places.templatesFile, init)
  const rules = {
    hosts: parseHosts(hosts.text, hosts.source, { osUser: login }),
    templates: parseTemplates(templates.text, templates.source),
    policy: readPolicy(files.optional(places.policyFile), settings),
    readOnly: settings.isReadOnly,
  }
  checkReferences(rules.hosts, rules.templates, hosts.source)
  const identities = readIdentities(files.optional(places.identitiesFile))
  return {
    places,
    settings,
    rules,
    identities,
    redaction: readRedaction(files.optional(places.redactionFile)),
    credential: undefined,
    login,
    homeDir,
    files: files.read,
    warnings: warningsOf(places, { cwd, homeDir }),
  }
}

function readPolicy(file: ConfigText | undefined, settings: Settings): Policy {
  const section = (text: string | undefined, source: string): ConfigText | undefined =>
    text === undefined ? undefined : { text, source }
  const transferPolicy = section(settings.transferPolicy, 'SSH_MCP_TRANSFER_POLICY')
  const keyPolicy = section(settings.keyPolicy, 'SSH_MCP_KEY_POLICY')
  const rateLimits = section(settings.rateLimits, 'SSH_MCP_RATE_LIMITS')
  return parsePolicy(file, {
    ...(transferPolicy === undefined ? {} : { transferPolicy }),
    ...(keyPolicy === undefined ? {} : { keyPolicy }),
    ...(rateLimits === undefined ? {} : { rateLimits }),
  })
}

function readIdentities(file: ConfigText | undefined): readonly IdentityEntry[] {
  return file === undefined ? [] : parseIdentities(file)
}

function credentialOf({ authToken, authTokenFile }: Settings): Credential {
  if (authToken !== undefined && authTokenFile !== undefined) {
    throw kernelErrors.error('CONFIG_INVALID', {
      message: 'SSH_MCP_AUTH_TOKEN and SSH_MCP_AUTH_TOKEN_FILE are both set.',
      next: 'Unset SSH_MCP_AUTH_TOKEN; the file is the safer of the two.',
    })
  }
  const token = authToken ?? (authTokenFile === undefined ? undefined : new Secret(readTokenFile(authTokenFile)))
  return token === undefined ? { kind: 'local' } : { kind: 'bearer', token }
}

function warningsOf({ configDir }: Places, { cwd, homeDir }: Pick<Surroundings, 'cwd' | 'homeDir'>): readonly string[] {
  // The home folder and what is above it are where terminals and editors start, not what anybody works on.
  const isWorkspace = !isInside(homeDir, cwd) && isInside(configDir, cwd)
  const where = workTreeOf(configDir) ?? (isWorkspace ? cwd : undefined)
  if (where === undefined) return []
  return [
    `CONFIG_IN_WORKSPACE: the configuration in ${configDir} lies inside ${where}. An agent that edits files there can edit its own policy; move it to ~/.ssh-mcp or another folder outside.`,
  ]
}
