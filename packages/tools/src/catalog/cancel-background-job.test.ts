import { expect, test } from 'vitest'
import { startedJob } from '../testing/handles.ts'
import { toolBench } from '../testing/tool-bench.ts'

test('ends the process on the host and says what became of it', async () => {
  const { call, journal } = toolBench({ run: () => ({ hangs: true, remoteProcess: 'alive' }) })
  const job_id = await startedJob(call)
  expect(await call('cancel_background_job', { job_id })).toMatchObject({
    isError: false,
    result: { job_id, status: 'cancelled', remote_process: 'alive' },
  })
  expect(journal.lines.at(-1)).toMatchObject({
    kind: 'outcome',
    outcome: { detail: { job_status: 'cancelled', remote_process: 'alive' } },
  })
})

test('a job that has ended is returned as it is', async () => {
  const { call } = toolBench()
  const job_id = await startedJob(call, 'disk_usage')
  await call('poll_background_job', { job_id, wait_seconds: 5 })
  expect(await call('cancel_background_job', { job_id })).toMatchObject({
    result: { status: 'completed', remote_process: 'dead' },
  })
})

test('an unknown job is an error', async () => {
  expect(await toolBench().call('cancel_background_job', { job_id: 'job_none' })).toMatchObject({
    error: { code: 'JOB_UNKNOWN' },
  })
})
