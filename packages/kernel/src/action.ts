import type { Host } from './host.ts'
import type { TemplateId } from './ids.ts'
import type { Role } from './principal.ts'
import type { Risk } from './risk.ts'

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
  | { readonly verb: 'host.exec'; readonly host: Host; readonly command: CommandPlan }
  | { readonly verb: 'audit.read'; readonly filter: Readonly<Record<string, string | number>> }

export type Verb = Action['verb']
export type ActionOf<V extends Verb> = Extract<Action, { readonly verb: V }>

/** Verbs that open a channel on a host: bracketed by intent and outcome, counted by the rate limits. */
export function opensChannel(verb: Verb): boolean {
  switch (verb) {
    case 'host.facts':
    case 'host.exec':
      return true
    case 'catalog.read':
    case 'audit.read':
      return false
  }
}

/** The host that an action is about, where it is about one. */
export function hostOf(action: Action): Host | undefined {
  return 'host' in action ? action.host : undefined
}
