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
}
