import { type Desk, momentFor, standing } from './desk.ts'
import type { StoredApproval } from './ledger.ts'

/** A day after its end a request is forgotten here; the journal keeps what happened. */
const keptAfterEndMs = 86_400_000

/**
 * Every request that is pending, or approved and not used, oldest first; damaged ones are left out. What has ended is
 * read once by each process: an end is final, so the cost is that of what is alive and not of what there was.
 */
export async function liveApprovals(desk: Desk): Promise<readonly StoredApproval[]> {
  const live: StoredApproval[] = []
  const listed = await desk.ledger.requestIds()
  for (const requestId of listed) {
    if (desk.ended.has(requestId)) continue
    const loaded = await desk.ledger.load(requestId)
    if (loaded.kind !== 'whole') continue
    const status = standing(desk, loaded.approval)
    if (status === 'pending' || status === 'approved') live.push(loaded.approval)
    else desk.ended.set(requestId, loaded.approval)
  }
  const present = new Set(listed)
  for (const requestId of desk.ended.keys()) if (!present.has(requestId)) desk.ended.delete(requestId)
  return live.sort(
    (a, b) => a.facts.createdAt - b.facts.createdAt || (a.request.requestId < b.request.requestId ? -1 : 1),
  )
}

/** Removes what ended long ago. */
export async function forgetOld(desk: Desk): Promise<void> {
  for (const [requestId, approval] of desk.ended) {
    if (momentFor(desk, approval) < approval.request.expiresAt + keptAfterEndMs) continue
    await desk.ledger.forget(approval.request)
    desk.ended.delete(requestId)
  }
}
