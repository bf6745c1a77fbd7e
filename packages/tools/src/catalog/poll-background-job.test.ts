import { expect, test } from 'vitest'
import { startedJob, textOf } from '../testing/handles.ts'
import { toolBench } from '../testing/tool-bench.ts'

test('gives output once and then only what is new', async () => {
  const { call } = toolBench({ run: () => ({ stdout: 'one\ntwo\n', stderr: 'hm\n', exitCode: 4 }) })
  const job_id = await startedJob(call)
  const first = await call('poll_background_job', { job_id, wait_seconds: 5 })
  expect(first).toMatchObject({
    isError: false,
    result: {
      job_id,
      host_id: 'staging-1',
      template_id: 'slow',
      status: 'completed',
      exit_code: 4,
      signal: null,
      stdout: 'one\ntwo\n',
      stderr: 'hm\n',
      dropped_bytes: 0,
    },
  })
  const again = await call('poll_background_job', { job_id, cursor: textOf(first, 'next_cursor') })
  expect(again).toMatchObject({ result: { stdout: '', stderr: '', status: 'completed' } })
  expect(await call('poll_background_job', { job_id })).toMatchObject({ result: { stdout: 'one\ntwo\n' } })
})

test.each([
  ['an unknown job', { job_id: 'job_none' }, { code: 'JOB_UNKNOWN' }],
  ['waiting too long', { job_id: 'job_none', wait_seconds: 31 }, { code: 'INPUT_INVALID', field: 'wait_seconds' }],
])('%s is an error', async (_, args, error) => {
  expect(await toolBench().call('poll_background_job', args)).toMatchObject({ isError: true, error })
})

test('a made-up cursor is an error', async () => {
  const { call } = toolBench()
  const job_id = await startedJob(call, 'disk_usage')
  expect(await call('poll_background_job', { job_id, cursor: 'what' })).toMatchObject({
    error: { code: 'JOB_CURSOR_INVALID' },
  })
})
