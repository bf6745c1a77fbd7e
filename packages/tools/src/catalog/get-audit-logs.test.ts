import type { AuditEntry } from '@sshmcp/audit'
import { expect, test } from 'vitest'
import { toolBench } from '../testing/tool-bench.ts'

const entry: AuditEntry = {
  kind: 'outcome',
  seq: 7,
  time: '2026-03-09T08:00:00.000Z',
  mono: 1,
  writer: 'w_1',
  user_id: 'alice',
  tool: 'run_ssh_command',
  host_id: 'staging-1',
  status: 'ok',
  exit_code: 0,
  operation_id: 'op_1',
  untrusted: { justification: 'because' },
}

test('shows entries and the verdict on their chain', async () => {
  const reply = await toolBench({ roles: ['auditor'], events: [entry] }).call('get_audit_logs')
  expect(reply).toMatchObject({
    isError: false,
    result: {
      events: [
        { seq: 7, kind: 'outcome', user_id: 'alice', operation_id: 'op_1', untrusted: { justification: 'because' } },
      ],
      verified: { from_seq: 0, to_seq: 0, verdict: 'OK_CHAIN_ONLY' },
    },
  })
})

test('passes the filters on, and only those that were given', async () => {
  const { call, asked } = toolBench({ roles: ['admin'] })
  await call('get_audit_logs')
  await call('get_audit_logs', {
    last_n: 5,
    host_id: 'web-1',
    user_id: 'bob',
    tool: 'list_hosts',
    status: 'denied',
    since: '2026-03-09T00:00:00Z',
    until: '2026-03-10T00:00:00Z',
  })
  expect(asked).toEqual([
    { lastN: 50 },
    {
      lastN: 5,
      hostId: 'web-1',
      userId: 'bob',
      tool: 'list_hosts',
      status: 'denied',
      since: '2026-03-09T00:00:00Z',
      until: '2026-03-10T00:00:00Z',
    },
  ])
})

test.each([
  ['last_n', { last_n: 501 }],
  ['last_n', { last_n: 0 }],
  ['since', { since: 'yesterday' }],
  ['status', { status: 'fine' }],
])('refuses a bad %s', async (field, args) => {
  expect(await toolBench({ roles: ['admin'] }).call('get_audit_logs', args)).toMatchObject({
    isError: true,
    error: { code: 'INPUT_INVALID', field },
  })
})

test.each([['developer'], ['operator']] as const)('is not for a %s', async (role) => {
  expect(await toolBench({ roles: [role] }).call('get_audit_logs')).toMatchObject({
    isError: true,
    error: { code: expect.stringMatching(/^POLICY_/) },
  })
})

test('is itself recorded', async () => {
  const { call, journal } = toolBench({ roles: ['auditor'] })
  await call('get_audit_logs')
  expect(journal.lines).toMatchObject([{ kind: 'single', record: { tool: 'get_audit_logs' } }])
})
