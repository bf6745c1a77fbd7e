import { expect, test } from 'vitest'
import { textOf } from '../testing/handles.ts'
import { toolBench } from '../testing/tool-bench.ts'

test('shows the exact operation and the requester’s words apart', async () => {
  const { call } = toolBench()
  const args = { host_id: 'staging-1', template_id: 'restart_web' }
  const asked = await call('request_approval', {
    action: 'run_ssh_command',
    arguments: args,
    justification: 'nginx is stuck',
  })
  const request_id = textOf(asked, 'request_id')
  const reply = await call('show_approval', { request_id }, { via: 'terminal' })
  expect(reply).toMatchObject({
    isError: false,
    result: { request_id, typed_word: 'staging-1', status: 'pending', host_id: 'staging-1' },
  })
  const text = textOf(reply, 'text')
  expect(text).toContain('| sudo -n -- systemctl restart nginx')
  expect(text).toContain('> nginx is stuck')
  expect(reply).toMatchObject({
    result: {
      operation: expect.arrayContaining([
        { label: 'Command', text: 'sudo -n -- systemctl restart nginx', remarks: [] },
      ]),
      words: [{ label: 'Reason', text: 'nginx is stuck', remarks: [] }],
    },
  })
  expect(await call('show_approval', { request_id })).toMatchObject({ error: { code: 'INPUT_TOOL_UNKNOWN' } })
})
