import type { Credential } from '@sshmcp/kernel'
import type { Config } from './config.ts'
import { createRuntime } from './create-runtime.ts'
import { loadConfig, type Surroundings } from './loader/load-config.ts'
import type { Runtime, RuntimeOptions } from './runtime.ts'

/** A runtime and what its configuration says about how to offer it. */
export interface OpenedRuntime extends Runtime {
  readonly config: Config
  readonly serverName: string
  /** Whose calls those of a process with one caller are. */
  readonly credential: Credential
}

/**
 * Reads the configuration, says on the log what a person should know about it, and starts.
 *
 * @throws CONFIG_INVALID, IDENTITY_TOKEN_*, AUDIT_*, STORE_*: nothing was started
 */
export async function openRuntime(surroundings: Surroundings, options: RuntimeOptions): Promise<OpenedRuntime> {
  const config = loadConfig(surroundings)
  for (const warning of config.warnings) options.log(warning)
  if (config.credential.kind === 'local') {
    options.log(`local mode: every call is local:${config.login}, with all roles. identities.json turns it off.`)
  }
  const runtime = await createRuntime(config, options)
  return { ...runtime, config, serverName: config.settings.serverName, credential: config.credential }
}
