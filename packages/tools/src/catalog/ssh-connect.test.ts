import { expect, test } from 'vitest'
import { toolBench } from '../testing/tool-bench.ts'

test('opens a connection that nothing else uses', async () => {
  const { call, transport, journal } = toolBench()
  const reply = await call('ssh_connect', { host_id: 'staging-1' })
  expect(reply).toMatchObject({
    isError: false,
    result: {
      session_id: expect.any(String),
      host_id: 'staging-1',
      status: 'connected',
      max_sessions: 2,
      active_sessions: 1,
    },
  })
  await call('run_ssh_command', { host_id: 'staging-1', template_id: 'disk_usage' })
  expect(transport.connections).toHaveLength(2)
  expect(journal.lines.slice(0, 2)).toMatchObject([
    { kind: 'intent', record: { tool: 'ssh_connect' } },
    { kind: 'outcome' },
  ])
})

test('no more than allowed', async () => {
  const { call } = toolBench()
  await call('ssh_connect', { host_id: 'staging-1' })
  await call('ssh_connect', { host_id: 'staging-1' })
  expect(await call('ssh_connect', { host_id: 'staging-1' })).toMatchObject({
    isError: true,
    error: { code: 'SESSION_LIMIT' },
  })
})

test('a host for others is unknown', async () => {
  expect(await toolBench().call('ssh_connect', { host_id: 'vault' })).toMatchObject({
    error: { code: 'POLICY_HOST_UNKNOWN' },
  })
})
