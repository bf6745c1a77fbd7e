import type { ClientInfo, Clock, Credential, IdSource, Principal } from '@sshmcp/kernel'
import type { Rules } from '@sshmcp/policy'
import type { KeyRules } from './key-rules.ts'
import type { Limits } from './limits.ts'
import type { ApprovalGate, Journal, Redactor } from './ports.ts'
import type { AskPerson } from './question.ts'
import type { Authenticate } from './stages/authenticated.ts'
import type { Confirmation } from './stages/confirmed.ts'
import type { CallHooks } from './stages/recorded.ts'
import type { Planner, SealedTool } from './tool.ts'

/** One call, as an edge (MCP, a command, a page) hands it in. */
export interface CallRequest {
  readonly tool: string
  readonly args: unknown
  readonly credential: Credential
  readonly client: ClientInfo
  readonly signal: AbortSignal
  readonly progress?: (done: number, total: number, text: string) => void
  /** Who speaks: a model through its client, or a person by a command or a page, who alone has the person tools. */
  readonly via: Via
  /** Asks the person in front of the client; left out where the client offers no forms. */
  readonly ask?: AskPerson
}

export type Via = 'model' | 'terminal' | 'page'

/** For whom services are bound. */
export interface BoundCaller {
  readonly principal: Principal
  readonly via: Via
  /** The call, as the journal names it. */
  readonly operationId: string
  readonly tool: string
  readonly approvalRequestId: string | undefined
}

export interface PipelineDeps<S> {
  readonly tools: readonly SealedTool<S>[]
  readonly rules: Rules
  readonly keys: KeyRules
  readonly authenticate: Authenticate
  readonly journal: Journal
  readonly redactor: Redactor
  readonly gate: ApprovalGate
  readonly confirmation: Confirmation
  readonly clock: Clock
  readonly ids: IdSource
  /** The services of one call, bound to its caller. */
  readonly bind: (caller: BoundCaller, hooks: CallHooks) => S
  /** What no caller may see, for the server's own log: causes of INTERNAL, refusals that could not be journalled. */
  readonly onFault: (auditId: string, cause: unknown) => void
}

/** Everything that one call needs to travel, besides its own request. */
export interface RoadDeps<S> extends Omit<PipelineDeps<S>, 'tools'> {
  readonly byName: ReadonlyMap<string, SealedTool<S>>
  readonly limits: Limits
  readonly planner: (principal: Principal) => Planner
}
