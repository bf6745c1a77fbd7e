import { describe, expect, test } from 'vitest'
import {
  type ApprovalEvent,
  type ApprovalFacts,
  type ApprovalStatus,
  approvalEvents,
  approvalStatuses,
  statusOf,
  step,
} from './state.ts'

const start = Date.UTC(2026, 0, 1)
const facts = (overrides: Partial<ApprovalFacts> = {}): ApprovalFacts => ({
  createdAt: start,
  expiresAt: start + 600_000,
  verdict: undefined,
  wrongCodes: 0,
  isUsed: false,
  ...overrides,
})

/** Each status by the facts and the moment that lead to it. */
const standing: Record<ApprovalStatus, { readonly facts: ApprovalFacts; readonly now: number }> = {
  pending: { facts: facts(), now: start },
  approved: { facts: facts({ verdict: 'approved' }), now: start },
  denied: { facts: facts({ verdict: 'denied' }), now: start },
  expired: { facts: facts(), now: start + 600_000 },
  used: { facts: facts({ verdict: 'approved', isUsed: true }), now: start },
}

const table: Record<ApprovalStatus, Record<ApprovalEvent, string>> = {
  pending: { approve: 'approved', deny: 'denied', 'wrong-code': 'pending', use: 'APPROVAL_PENDING' },
  approved: {
    approve: 'APPROVAL_ALREADY_DECIDED',
    deny: 'APPROVAL_ALREADY_DECIDED',
    'wrong-code': 'APPROVAL_ALREADY_DECIDED',
    use: 'used',
  },
  denied: {
    approve: 'APPROVAL_ALREADY_DECIDED',
    deny: 'APPROVAL_ALREADY_DECIDED',
    'wrong-code': 'APPROVAL_ALREADY_DECIDED',
    use: 'APPROVAL_DENIED',
  },
  expired: {
    approve: 'APPROVAL_EXPIRED',
    deny: 'APPROVAL_EXPIRED',
    'wrong-code': 'APPROVAL_EXPIRED',
    use: 'APPROVAL_EXPIRED',
  },
  used: {
    approve: 'APPROVAL_ALREADY_DECIDED',
    deny: 'APPROVAL_ALREADY_DECIDED',
    'wrong-code': 'APPROVAL_ALREADY_DECIDED',
    use: 'APPROVAL_USED',
  },
}

const pairs = approvalStatuses.flatMap((status) => approvalEvents.map((event) => ({ status, event })))

describe('every status and event', () => {
  test.each(pairs)('$status, $event', ({ status, event }) => {
    const from = standing[status]
    expect(statusOf(from.facts, from.now)).toBe(status)
    const taken = step(from.facts, event, from.now)
    const came = 'refusal' in taken ? taken.refusal : statusOf(taken.facts, from.now)
    expect(came).toBe(table[status][event])
  })

  test('the table is complete', () => {
    expect(approvalStatuses).toEqual(['pending', 'approved', 'denied', 'expired', 'used'])
    expect(approvalEvents).toEqual(['approve', 'deny', 'wrong-code', 'use'])
    expect(pairs).toHaveLength(20)
  })
})

describe('wrong codes', () => {
  test('four leave a request pending, the fifth denies it', () => {
    let present = facts()
    for (const expected of ['pending', 'pending', 'pending', 'pending', 'denied']) {
      const taken = step(present, 'wrong-code', start)
      if ('refusal' in taken) throw new Error(taken.refusal)
      present = taken.facts
      expect(statusOf(present, start)).toBe(expected)
    }
    expect(step(present, 'approve', start)).toEqual({ refusal: 'APPROVAL_ALREADY_DECIDED' })
    expect(step(present, 'wrong-code', start)).toEqual({ refusal: 'APPROVAL_ALREADY_DECIDED' })
  })

  test('a decision that was written before the fifth stands', () => {
    expect(statusOf(facts({ verdict: 'approved', wrongCodes: 5 }), start)).toBe('approved')
  })
})

describe('expiry to the millisecond', () => {
  const end = start + 600_000
  test.each([
    { verdict: undefined, at: -1, status: 'pending' },
    { verdict: undefined, at: 0, status: 'expired' },
    { verdict: undefined, at: 1, status: 'expired' },
    { verdict: 'approved', at: -1, status: 'approved' },
    { verdict: 'approved', at: 0, status: 'expired' },
    { verdict: 'approved', at: 1, status: 'expired' },
    { verdict: 'denied', at: 1, status: 'denied' },
  ] as const)('$verdict at $at ms is $status', ({ verdict, at, status }) => {
    expect(statusOf(facts({ verdict }), end + at)).toBe(status)
  })

  test('what was used stays used', () => {
    expect(statusOf(facts({ verdict: 'approved', isUsed: true }), end + 1)).toBe('used')
  })

  test('a request from a future that the clocks cannot explain is worth nothing', () => {
    expect(statusOf(facts({ verdict: 'approved' }), start - 60_000)).toBe('approved')
    expect(statusOf(facts({ verdict: 'approved' }), start - 60_001)).toBe('expired')
  })
})
