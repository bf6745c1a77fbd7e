import type { AuditEntry } from '@sshmcp/audit'
import { expect, test } from 'vitest'
import { column, toolBench } from '../testing/tool-bench.ts'

const entries = [1, 2, 3].map(
  (seq): AuditEntry => ({ seq, time: '2026-03-09T08:00:00.000Z', mono: seq, writer: 'w_1', kind: 'read' }),
)
const person = { via: 'page' } as const

test('newest first, and says where the next page begins', async () => {
  const { call, asked } = toolBench({ roles: ['auditor'], events: entries })
  const reply = await call('search_journal', { limit: 2, text: 'nginx' }, person)
  expect(column(reply, 'events', 'seq')).toEqual([3, 2])
  expect(reply).toMatchObject({ result: { next_before_seq: 2, verified: { verdict: 'OK_CHAIN_ONLY' } } })
  expect(asked).toEqual([{ lastN: 3, text: 'nginx' }])
})

test('the last page has no next one', async () => {
  const { call, asked } = toolBench({ roles: ['auditor'], events: entries.slice(0, 2) })
  const reply = await call('search_journal', { limit: 2, before_seq: 3, user_id: 'alice', status: 'denied' }, person)
  expect(column(reply, 'events', 'seq')).toEqual([2, 1])
  expect(reply).toMatchObject({ result: { next_before_seq: null } })
  expect(asked).toEqual([{ lastN: 3, userId: 'alice', status: 'denied', beforeSeq: 3 }])
})

test('is for auditors and admins, and never for a model', async () => {
  expect(await toolBench({ roles: ['operator'] }).call('search_journal', {}, person)).toMatchObject({
    error: { code: 'POLICY_ROLE_MISSING' },
  })
  expect(await toolBench({ roles: ['admin'] }).call('search_journal')).toMatchObject({
    error: { code: 'INPUT_TOOL_UNKNOWN' },
  })
})
