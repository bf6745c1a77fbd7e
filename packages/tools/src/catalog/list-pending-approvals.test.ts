import { expect, test } from 'vitest'
import { toolBench } from '../testing/tool-bench.ts'

test('lists what waits, and never a code', async () => {
  const { call } = toolBench({ mode: 'two-party' })
  expect(await call('list_pending_approvals')).toMatchObject({ result: { pending: [] } })
  const args = { host_id: 'staging-1', template_id: 'restart_web' }
  await call('request_approval', { action: 'run_ssh_command', arguments: args, justification: 'stuck' })
  expect(await call('list_pending_approvals')).toMatchObject({
    isError: false,
    result: {
      pending: [
        {
          request_id: expect.stringMatching(/^apr_/),
          action: 'run_ssh_command',
          host_id: 'staging-1',
          requester_id: 'alice',
          justification: 'stuck',
          mode: 'two-party',
        },
      ],
    },
  })
})
