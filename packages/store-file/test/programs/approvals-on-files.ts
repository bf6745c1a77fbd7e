import { join } from 'node:path'
import { type Approvals, createApprovals } from '@sshmcp/approvals'
import { aPerson, aRestart, MemoryPeople } from '@sshmcp/approvals/testing'
import { parseHostId, randomIds, systemClock } from '@sshmcp/kernel'
import { openApprovalKey, openFileApprovalStore } from '@sshmcp/store-file'

export const alice = aPerson('alice', 'operator')
export const bob = aPerson('bob', 'operator')

/** Approvals as a server and a terminal have them: real files, real clock, one key. */
export function approvalsOnFiles(root: string, folder = 'approval_data'): Approvals {
  return createApprovals({
    store: openFileApprovalStore({ dir: join(root, folder) }),
    key: openApprovalKey({ path: join(root, 'keys', 'approvals.key') }),
    clock: systemClock,
    ids: randomIds,
    policy: { ttlSeconds: 3_600, maxPendingPerIdentity: 1_000 },
    mode: 'two-party',
    people: new MemoryPeople(alice, bob),
    containsSecret: () => [],
    redactText: (text) => text,
  })
}

/** The operation number n on its own host, and a call of it. */
export const callOf = (n: number, approvalRequestId?: string) => ({
  principal: alice,
  tool: 'run_ssh_command',
  action: aRestart({}, { hostId: parseHostId(`web-${n}`) }),
  approvalRequestId,
})
