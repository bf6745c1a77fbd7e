import { type Approvals, howToApprove, lookCloselyAt, type People, present, presentText } from '@sshmcp/approvals'
import { type Principal, parseUserId, type Role } from '@sshmcp/kernel'
import { aPrincipal } from '@sshmcp/kernel/testing'
import type { CallersApprovals } from '../services.ts'

/** Somebody else than alice, who calls on the bench. */
export const bob: Principal = { ...aPrincipal('admin'), userId: parseUserId('bob'), displayName: 'Bob' }

/** Alice with the roles of the test, and bob. */
export function benchPeople(roles: readonly Role[]): People {
  const principals = [aPrincipal(...roles), bob]
  return {
    find: async (userId) => principals.find((person) => person.userId === userId),
    everybody: async () => ({ principals, isComplete: true }),
    mayUseHost: (_person, hostId) => hostId !== 'vault',
  }
}

/** Real approvals over a store in memory, as one caller has them. */
export function benchApprovals(approvals: Approvals, principal: Principal): CallersApprovals {
  return {
    request: async ({ tool, wanted, inputs, justification, ticketRef }) =>
      (await approvals.request({ principal, tool, action: wanted, inputs, justification, ticketRef })).approval,
    get: (requestId) => approvals.get(requestId, principal),
    wait: (requestId, seconds, signal) => approvals.wait(requestId, principal, seconds, signal),
    pending: () => approvals.listPending(principal),
    async decide(requestId, decision) {
      const who = { requestId, decider: principal, channel: 'terminal' as const }
      if (decision.verdict === 'deny') return { approval: await approvals.deny({ ...who, reason: decision.reason }) }
      const approving = { ...who, typedWord: decision.typedWord }
      if (!decision.asCode) return { approval: await approvals.approve(approving) }
      const { code, expiresAt } = await approvals.issueCode(approving)
      return { approval: await approvals.get(requestId, principal), code: { text: code.reveal(), expiresAt } }
    },
    approveInForm: (requestId, typedWord) =>
      approvals.approve({ requestId, decider: principal, typedWord, channel: 'client-form' }),
    redeem: (requestId, code) => approvals.approveWithCode({ requestId, code, caller: principal }),
    howToApprove,
    shown: async (approval) => presentText(present(approval, { isFull: true })),
    presented: async (approval) => present(approval, { isFull: true }),
    lookCloselyAt,
  }
}
