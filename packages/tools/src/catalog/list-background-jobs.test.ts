import { expect, test } from 'vitest'
import { startedJob } from '../testing/handles.ts'
import { column, toolBench } from '../testing/tool-bench.ts'

test('lists the caller’s jobs without their output', async () => {
  const { call } = toolBench({ run: () => ({ stdout: 'noise', hangs: true }) })
  const jobs = [await startedJob(call), await startedJob(call)]
  const reply = await call('list_background_jobs')
  expect(column(reply, 'jobs', 'job_id')).toEqual(jobs)
  expect(column(reply, 'jobs', 'status')).toEqual(['running', 'running'])
  expect(JSON.stringify(reply)).not.toContain('noise')
})
