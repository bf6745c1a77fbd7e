import type { Host } from './host.ts'
import type { TemplateId } from './ids.ts'
import type { Role } from './principal.ts'
import type { Risk } from './risk.ts'
import type { Secret } from './secret.ts'

/** A command exactly as it will be sent: what a person approves, what the journal keeps, what runs. */
export interface CommandPlan {
  readonly templateId: TemplateId
  /** The template's risk, never below the tool's. */
  readonly risk: Risk
  /** Only narrows; undefined means every role. */
  readonly allowedRoles: ReadonlySet<Role> | undefined
  /** The line handed to the login shell. */
  readonly line: string
  /** Written to the command's standard input, which is then closed. */
  readonly stdin: string
  readonly timeoutSeconds: number
  /** False for a line without parameters, which means the same in every shell. */
  readonly needsServedShell: boolean
}

/** Everything a tool can plan. Policy, approvals and the journal switch on the verb and know no tool. */
export type Action =
  | { readonly verb: 'catalog.read'; readonly what: 'hosts'; readonly selector: string }
  | { readonly verb: 'catalog.read'; readonly what: 'templates'; readonly host?: Host }
  | { readonly verb: 'host.facts'; readonly host: Host; readonly line: string; readonly stdin: string }
  | { readonly verb: 'host.exec'; readonly host: Host; readonly command: CommandPlan; readonly sessionId?: string }
  | { readonly verb: 'session.open'; readonly host: Host }
  | { readonly verb: 'session.close'; readonly sessionId: string }
  | { readonly verb: 'session.read'; readonly sessionId?: string }
  | { readonly verb: 'job.start'; readonly host: Host; readonly command: CommandPlan }
  | { readonly verb: 'job.read'; readonly jobId?: string; readonly cursor: string; readonly waitSeconds: number }
  | { readonly verb: 'job.cancel'; readonly jobId: string }
  | ({ readonly verb: 'file.list'; readonly cursor: string; readonly limit: number } & RemoteFile)
  | ({ readonly verb: 'file.read' | 'file.write' } & FileTransfer)
  | ({ readonly verb: 'file.delete'; readonly justification: string } & RemoteFile)
  | { readonly verb: 'audit.read'; readonly filter: Readonly<Record<string, string | number>> }
  | { readonly verb: 'approval.read'; readonly requestId: string | undefined }
  | ApprovalRequest
  | { readonly verb: 'approval.redeem'; readonly requestId: string; readonly code: Secret }
  | { readonly verb: 'approval.decide'; readonly requestId: string; readonly decision: PersonDecision }
  | KeyInstall
  | { readonly verb: 'key.remove'; readonly keyId: string; readonly reason: string }
  | { readonly verb: 'key.prune'; readonly hosts: readonly Host[] }
  | CertificateIssue
  | { readonly verb: 'cert.revoke'; readonly certId: string; readonly reason: string }
  | { readonly verb: 'cert.bootstrap'; readonly host: Host }
  | { readonly verb: 'access.read'; readonly what: 'keys' | 'certificates' }

/** A public key that was read and found sound. */
export interface PublicKeyText {
  /** Type and base64, without a comment. */
  readonly line: string
  /** `SHA256:…` as `ssh-keygen -lf` prints it. */
  readonly fingerprint: string
}

/** A key that is to log in on some hosts until it expires. */
export interface KeyInstall {
  readonly verb: 'key.install'
  /** By host_id, each once. */
  readonly hosts: readonly Host[]
  /** The account on the hosts. */
  readonly userName: string
  readonly publicKey: PublicKeyText
  /** With the default put in. */
  readonly ttlSeconds: number
  /** The caller's words: recorded as such, never believed. */
  readonly reason: string
}

/** A certificate that somebody is to have. */
export interface CertificateIssue {
  readonly verb: 'cert.issue'
  readonly userId: string
  /** Sorted, each once, allowed for the user. */
  readonly principals: readonly string[]
  readonly publicKey: PublicKeyText
  /** With the default put in. */
  readonly ttlSeconds: number
  /** The caller's words: recorded as such, never believed. */
  readonly justification: string
}

/** A file or folder of a host, by the path that was asked for. */
export interface RemoteFile {
  readonly host: Host
  readonly remotePath: string
  readonly sessionId?: string
}

/** One file on its way from (`file.read`) or to (`file.write`) a host. */
export interface FileTransfer extends RemoteFile {
  /** Relative to the caller's transfer folder, or absolute within it. */
  readonly localPath: string
  /** False protects whatever has the name already, on the side that is written. */
  readonly overwrite: boolean
  /** The caller's words: recorded as such, never believed. */
  readonly justification: string
}

/** Asking a person for another action. */
export interface ApprovalRequest {
  readonly verb: 'approval.request'
  readonly tool: string
  /** What is asked for, planned as in a real call. */
  readonly wanted: Action
  /** The caller's own fields by path, so that an error can name the one at fault. */
  readonly inputs: Readonly<Record<string, string>>
  /** The requester's words: recorded and shown as such, never believed. */
  readonly justification: string
  readonly ticketRef: string
  readonly waitSeconds: number
}

/** What a person decided, having seen the operation. */
export type PersonDecision =
  | { readonly verdict: 'approve'; readonly typedWord: string; readonly asCode: boolean }
  | { readonly verdict: 'deny'; readonly reason: string }

/** The name of what an action does. */
export type Verb = Action['verb']
/** The actions of one verb. */
export type ActionOf<V extends Verb> = Extract<Action, { readonly verb: V }>

/** What a verb can change: something on a host, something that we keep ourselves, or nothing. */
export function reachOf(verb: Verb): 'host' | 'own-state' | 'nothing' {
  switch (verb) {
    case 'host.facts':
    case 'host.exec':
    case 'session.open':
    case 'job.start':
    case 'file.list':
    case 'file.read':
    case 'file.write':
    case 'file.delete':
    case 'key.install':
    case 'key.remove':
    case 'key.prune':
      return 'host'
    case 'session.close':
    case 'job.cancel':
    case 'approval.request':
    case 'approval.redeem':
    case 'approval.decide':
    case 'cert.issue':
    case 'cert.revoke':
    case 'cert.bootstrap':
      return 'own-state'
    case 'catalog.read':
    case 'session.read':
    case 'job.read':
    case 'audit.read':
    case 'approval.read':
    case 'access.read':
      return 'nothing'
  }
}

/** Verbs that open a channel on a host: counted by the rate limits. */
export function opensChannel(verb: Verb): boolean {
  return reachOf(verb) === 'host'
}

/** The host that an action is about, where it is about one. */
export function hostOf(action: Action): Host | undefined {
  if ('hosts' in action) return action.hosts.length === 1 ? action.hosts[0] : undefined
  return 'host' in action ? action.host : undefined
}
