import { expect, test } from 'vitest'
import { toolBench } from '../testing/tool-bench.ts'

test('answers at once with a job', async () => {
  const { call, transport, journal } = toolBench({ run: () => ({ hangs: true }) })
  const reply = await call('run_ssh_command_background', { host_id: 'staging-1', template_id: 'slow' })
  expect(reply).toMatchObject({
    isError: false,
    result: {
      job_id: expect.any(String),
      host_id: 'staging-1',
      template_id: 'slow',
      status: 'running',
      started_at: expect.stringMatching(/Z$/),
    },
    meta: { risk_level: 'medium' },
  })
  expect(transport.sent).toMatchObject([{ request: { line: 'sleep 60' } }])
  expect(journal.lines).toMatchObject([
    { kind: 'intent' },
    { kind: 'outcome', outcome: { detail: { job_id: expect.any(String) } } },
  ])
})

test('a high-risk template needs an approval here too', async () => {
  const { call, transport } = toolBench()
  const reply = await call('run_ssh_command_background', { host_id: 'staging-1', template_id: 'restart_web' })
  expect(reply).toMatchObject({ isError: true, meta: { risk_level: 'high', approval_required: true } })
  expect(transport.connections).toEqual([])
})

test('no more than allowed run at once', async () => {
  const { call } = toolBench({ run: () => ({ hangs: true }) })
  const start = () => call('run_ssh_command_background', { host_id: 'staging-1', template_id: 'slow' })
  await start()
  await start()
  expect(await start()).toMatchObject({ isError: true, error: { code: 'JOB_LIMIT' } })
})
