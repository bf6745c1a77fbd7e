import { SshMcpError } from '@sshmcp/kernel'
import { decide, type Rules } from '@sshmcp/policy'
import type { Planned } from './planned.ts'

/** Policy allows the action, or asks for a person's approval first. */
export class Authorized<S> {
  readonly planned: Planned<S>
  readonly needsApproval: boolean

  private constructor(planned: Planned<S>, needsApproval: boolean) {
    this.planned = planned
    this.needsApproval = needsApproval
  }

  /** `principal` is the caller as they are now, where time has passed since the call came in. @throws POLICY_* */
  static check<S>(planned: Planned<S>, rules: Rules, principal = planned.caller.principal): Authorized<S> {
    const decision = decide(principal, planned.action, rules)
    if (decision.effect === 'deny') {
      throw new SshMcpError(decision.code, { message: decision.reason, next: decision.next })
    }
    return new Authorized(planned, decision.effect === 'ask')
  }
}
