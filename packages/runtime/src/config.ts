import type { IdentityEntry } from '@sshmcp/identity'
import type { Credential } from '@sshmcp/kernel'
import type { Rules } from '@sshmcp/policy'
import type { RuleFile } from '@sshmcp/redact'
import type { Settings } from './environment.ts'

/** Where everything stands on disk; absolute paths. */
export interface Places {
  readonly configDir: string
  readonly hostsFile: string
  readonly templatesFile: string
  readonly policyFile: string
  readonly identitiesFile: string
  readonly redactionFile: string
  readonly auditLogDir: string
  readonly certDataDir: string
  readonly approvalDataDir: string
  readonly transferDir: string
  readonly keysDir: string
}

/** A configuration file as it was read: the journal keeps its digest. */
export interface ReadFile {
  readonly name: string
  readonly sha256: string
}

/** Files and environment, parsed and checked: all that a runtime needs to know. */
export interface Config {
  readonly places: Places
  readonly settings: Settings
  readonly rules: Rules
  readonly identities: readonly IdentityEntry[]
  /** The installation's own rules and exceptions for what leaves. */
  readonly redaction: RuleFile
  /** Who the caller of a process with one caller is; undefined where each request brings its own. */
  readonly credential: Credential | undefined
  readonly login: string
  readonly homeDir: string
  readonly files: readonly ReadFile[]
  /** Worth a line on stderr, none of them fatal. */
  readonly warnings: readonly string[]
}

/** The configuration of a process with one caller. */
export interface OneCallerConfig extends Config {
  readonly credential: Credential
}
