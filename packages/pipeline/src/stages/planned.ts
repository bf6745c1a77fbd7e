import type { Action } from '@sshmcp/kernel'
import type { PlannedCall, Planner, SealedTool } from '../tool.ts'
import type { Admitted } from './admitted.ts'
import type { Authenticated } from './authenticated.ts'

/** What would happen is decided, as data. */
export class Planned<S> {
  readonly caller: Authenticated
  readonly tool: SealedTool<S>
  readonly approvalRequestId: string | undefined
  readonly call: PlannedCall<S>

  private constructor(admitted: Admitted<S>, call: PlannedCall<S>) {
    this.caller = admitted.parsed.caller
    this.tool = admitted.parsed.tool
    this.approvalRequestId = admitted.parsed.prepared.approvalRequestId
    this.call = call
  }

  get action(): Action {
    return this.call.action
  }

  /** @throws what the tool's `plan` throws: unknown host, unknown template, bad parameter */
  static from<S>(admitted: Admitted<S>, planner: Planner): Planned<S> {
    return new Planned(admitted, admitted.parsed.prepared.plan(planner))
  }
}
