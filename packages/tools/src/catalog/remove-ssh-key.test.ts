import { expect, test } from 'vitest'
import { approved } from '../testing/approved.ts'
import { registeredLine } from '../testing/bench-access.ts'
import { textOf } from '../testing/handles.ts'
import { toolBench } from '../testing/tool-bench.ts'

test('removes a key by its id, once approved', async () => {
  const bench = toolBench({ roles: ['admin'] })
  const added = { user_name: 'deploy', public_key: registeredLine, host_id: 'staging-1' }
  const key_id = textOf(await approved(bench, 'add_ssh_key', added), 'key_id')
  expect(await bench.call('list_keys', {}, { via: 'terminal' })).toMatchObject({ result: { keys: [{ key_id }] } })
  expect(await approved(bench, 'remove_ssh_key', { key_id, reason: 'left' })).toMatchObject({
    result: { key_id, status: 'removed', hosts: [{ host_id: 'staging-1', outcome: 'done' }] },
  })
  expect(await bench.call('list_keys', {}, { via: 'terminal' })).toMatchObject({ result: { keys: [] } })
})

test('an approval for one key is none for another', async () => {
  const { call } = toolBench({ roles: ['admin'] })
  const asking = { action: 'remove_ssh_key', arguments: { key_id: 'key_1', reason: 'x' }, justification: 'x' }
  const approval_request_id = textOf(await call('request_approval', asking), 'request_id')
  expect(await call('remove_ssh_key', { key_id: 'key_2', reason: 'x', approval_request_id })).toMatchObject({
    error: { code: 'APPROVAL_OTHER_OPERATION' },
  })
})
