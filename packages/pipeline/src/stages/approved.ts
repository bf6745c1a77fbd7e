import type { Approval, ApprovalGate } from '../ports.ts'
import type { Confirmed } from './confirmed.ts'
import type { Planned } from './planned.ts'

/** Nothing more stands in the way: no approval was needed, or one covers exactly this action. */
export class Approved<S> {
  readonly planned: Planned<S>
  readonly approval: Approval | undefined

  private constructor(planned: Planned<S>, approval: Approval | undefined) {
    this.planned = planned
    this.approval = approval
  }

  /** @throws APPROVAL_* */
  static async by<S>(gate: ApprovalGate, { authorized }: Confirmed<S>, operationId: string): Promise<Approved<S>> {
    const { planned } = authorized
    if (!authorized.needsApproval) return new Approved(planned, undefined)
    const approval = await gate.check({
      principal: planned.caller.principal,
      tool: planned.tool.name,
      action: planned.action,
      approvalRequestId: planned.approvalRequestId,
      operationId,
    })
    return new Approved(planned, approval)
  }
}
