import { expect, test } from 'vitest'
import { openedSession, startedJob } from '../testing/handles.ts'
import { column, toolBench } from '../testing/tool-bench.ts'

const person = { via: 'page' } as const

test('shows the hosts the caller may use, what may be run there, and the caller’s own sessions and jobs', async () => {
  const { call } = toolBench()
  const session_id = await openedSession(call)
  const job_id = await startedJob(call)
  const reply = await call('show_hosts', {}, person)
  expect(column(reply, 'hosts', 'host_id')).toEqual(['production-web', 'staging-1'])
  expect(column(reply, 'hosts', 'ssh_user')).toEqual(['deploy', 'deploy'])
  expect(column(reply, 'hosts', 'templates')).toEqual([
    ['disk_usage', 'tail_log', 'restart_web', 'slow'],
    ['disk_usage', 'tail_log', 'restart_web', 'slow'],
  ])
  expect(reply).toMatchObject({
    result: {
      sessions: [{ session_id, host_id: 'staging-1', alive: true }],
      jobs: [{ job_id, template_id: 'slow' }],
      max_sessions: 2,
    },
  })
})

test('narrows by label', async () => {
  const { call } = toolBench()
  expect(column(await call('show_hosts', { label_selector: 'env=staging' }, person), 'hosts', 'host_id')).toEqual([
    'staging-1',
  ])
})

test('to a model the tool is not there', async () => {
  expect(await toolBench().call('show_hosts')).toMatchObject({ error: { code: 'INPUT_TOOL_UNKNOWN' } })
})
