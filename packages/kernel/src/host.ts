import type { HostId, TemplateId } from './ids.ts'
import type { Role } from './principal.ts'

/** A host as `hosts.json` describes it, with defaults put in. */
export interface Host {
  readonly hostId: HostId
  readonly hostname: string
  readonly port: number
  /** Never empty: the OS user stands here when the file names none. */
  readonly sshUser: string
  readonly labels: Readonly<Record<string, string>>
  readonly description: string
  /** Only narrows; undefined means every role. */
  readonly allowedRoles: ReadonlySet<Role> | undefined
  /** Only narrows; undefined means every template. */
  readonly allowedTemplates: ReadonlySet<TemplateId> | undefined
  /** Private key file, `~` not yet expanded; undefined: the agent, then the default keys. */
  readonly identityFile: string | undefined
  /** `SHA256:…` pins. Empty: known_hosts decides. */
  readonly hostKeyFingerprints: readonly string[]
  /** Another host to go through. */
  readonly proxyJump: HostId | undefined
  /** How a certificate of our own CA is used to log in; undefined: none is. */
  readonly certificate?: HostCertificate | undefined
}

/** Logging in with a key and a certificate that are made for it. */
export interface HostCertificate {
  /** One for each connection, or one for each command that can do nothing else. */
  readonly mode: 'per_connection' | 'per_command'
  /** What the host asks for; undefined: the account. */
  readonly principal: string | undefined
  /** Addresses and networks that the host sees us come from. Empty: the address that our end of the connection has. */
  readonly sourceAddresses: readonly string[]
}

/** True for a host that runs one command per login: no session, no files. */
export function runsOneCommand({ certificate }: Pick<Host, 'certificate'>): boolean {
  return certificate?.mode === 'per_command'
}
