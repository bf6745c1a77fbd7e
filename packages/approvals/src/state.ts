import type { ApprovalCode } from './errors.ts'

/** Where a request can stand. */
export const approvalStatuses = ['pending', 'approved', 'denied', 'expired', 'used'] as const

/** Where a request stands. `expired` is computed from the time and never written. */
export type ApprovalStatus = (typeof approvalStatuses)[number]

/** What can happen to a request. */
export const approvalEvents = ['approve', 'deny', 'wrong-code', 'use'] as const

/** One of {@link approvalEvents}. */
export type ApprovalEvent = (typeof approvalEvents)[number]

/** All that the status of a request depends on. Times in milliseconds since the epoch. */
export interface ApprovalFacts {
  readonly createdAt: number
  readonly expiresAt: number
  readonly verdict: 'approved' | 'denied' | undefined
  readonly wrongCodes: number
  readonly isUsed: boolean
}

/** What an event leads to: new facts, or a refusal that changes nothing. */
export type Step = { readonly facts: ApprovalFacts } | { readonly refusal: ApprovalCode }

/** So many wrong codes deny a request. */
export const wrongCodesToDeny = 5

/** The reason of a denial that no person gave. */
export const lockReason = 'Five wrong codes were typed.'

/** A request from this far in the future was made under another clock; its expiry means nothing. */
const toleratedSkewMs = 60_000

/** Where a request stands at a moment. Used and denied are final; at `expiresAt` itself it is expired. */
export function statusOf(facts: ApprovalFacts, now: number): ApprovalStatus {
  if (facts.isUsed) return 'used'
  if (facts.verdict === 'denied') return 'denied'
  if (facts.verdict === undefined && facts.wrongCodes >= wrongCodesToDeny) return 'denied'
  if (now >= facts.expiresAt || now < facts.createdAt - toleratedSkewMs) return 'expired'
  return facts.verdict ?? 'pending'
}

/** What an event does to a request at a moment. Pure; the whole life of an approval stands here. */
export function step(facts: ApprovalFacts, event: ApprovalEvent, now: number): Step {
  const status = statusOf(facts, now)
  if (event === 'use')
    return status === 'approved' ? { facts: { ...facts, isUsed: true } } : { refusal: unusable[status] }
  if (status !== 'pending') return { refusal: status === 'expired' ? 'APPROVAL_EXPIRED' : 'APPROVAL_ALREADY_DECIDED' }
  if (event === 'wrong-code') return { facts: { ...facts, wrongCodes: facts.wrongCodes + 1 } }
  return { facts: { ...facts, verdict: event === 'approve' ? 'approved' : 'denied' } }
}

const unusable = {
  pending: 'APPROVAL_PENDING',
  denied: 'APPROVAL_DENIED',
  expired: 'APPROVAL_EXPIRED',
  used: 'APPROVAL_USED',
} as const
