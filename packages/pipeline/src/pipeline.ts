import { catalogFor } from '@sshmcp/policy'
import { createLimits } from './limits.ts'
import type { CallRequest, PipelineDeps, RoadDeps } from './pipeline-deps.ts'
import { plannerOf } from './planner.ts'
import type { Reply } from './reply.ts'
import { Road } from './road.ts'
import type { SealedTool } from './tool.ts'

export interface Pipeline<S> {
  readonly tools: readonly SealedTool<S>[]
  /** Never rejects: every refusal and failure is a reply. */
  call(request: CallRequest): Promise<Reply>
}

/** Builds the one road that every call travels. */
export function createPipeline<S>(deps: PipelineDeps<S>): Pipeline<S> {
  const byName = new Map(deps.tools.map((tool) => [tool.name, tool]))
  const roadDeps: RoadDeps<S> = {
    ...deps,
    byName,
    limits: createLimits(deps.rules.policy.rateLimits, deps.clock),
    planner: (principal) => plannerOf({ catalog: catalogFor(principal, deps.rules), tools: byName, keys: deps.keys }),
  }
  return { tools: deps.tools, call: (request) => new Road(roadDeps, request).travel() }
}
