import type { ClientInfo, Clock, Credential, IdSource, Principal } from '@sshmcp/kernel'
import { catalogFor, type Rules } from '@sshmcp/policy'
import { createLimits } from './limits.ts'
import type { ApprovalGate, Journal, Redactor } from './ports.ts'
import type { Reply } from './reply.ts'
import { Road } from './road.ts'
import type { Authenticate } from './stages/authenticated.ts'
import type { CallHooks } from './stages/recorded.ts'
import type { SealedTool } from './tool.ts'

/** One call, as an edge (MCP, a command, a page) hands it in. */
export interface CallRequest {
  readonly tool: string
  readonly args: unknown
  readonly credential: Credential
  readonly client: ClientInfo
  readonly signal: AbortSignal
  readonly progress?: (done: number, total: number, text: string) => void
}

export interface PipelineDeps<S> {
  readonly tools: readonly SealedTool<S>[]
  readonly rules: Rules
  readonly authenticate: Authenticate
  readonly journal: Journal
  readonly redactor: Redactor
  readonly gate: ApprovalGate
  readonly clock: Clock
  readonly ids: IdSource
  /** The services of one call, bound to its caller. */
  readonly bind: (principal: Principal, hooks: CallHooks) => S
  /** What no caller may see, for the server's own log: causes of INTERNAL, refusals that could not be journalled. */
  readonly onFault: (auditId: string, cause: unknown) => void
}

export interface Pipeline<S> {
  readonly tools: readonly SealedTool<S>[]
  /** Never rejects: every refusal and failure is a reply. */
  call(request: CallRequest): Promise<Reply>
}

/** Everything that one call needs to travel, besides its own request. */
export interface RoadDeps<S> extends Omit<PipelineDeps<S>, 'tools'> {
  readonly byName: ReadonlyMap<string, SealedTool<S>>
  readonly limits: ReturnType<typeof createLimits>
  readonly catalog: (principal: Principal) => ReturnType<typeof catalogFor>
}

/** Builds the one road that every call travels. */
export function createPipeline<S>(deps: PipelineDeps<S>): Pipeline<S> {
  const roadDeps: RoadDeps<S> = {
    ...deps,
    byName: new Map(deps.tools.map((tool) => [tool.name, tool])),
    limits: createLimits(deps.rules.policy.rateLimits, deps.clock),
    catalog: (principal) => catalogFor(principal, deps.rules),
  }
  return { tools: deps.tools, call: (request) => new Road(roadDeps, request).travel() }
}
