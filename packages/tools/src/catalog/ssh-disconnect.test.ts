import { expect, test } from 'vitest'
import { openedSession } from '../testing/handles.ts'
import { toolBench } from '../testing/tool-bench.ts'

test('closes the connection, once', async () => {
  const { call, transport } = toolBench()
  const session_id = await openedSession(call)
  expect(await call('ssh_disconnect', { session_id })).toMatchObject({
    isError: false,
    result: { session_id, status: 'disconnected' },
  })
  expect(transport.connections.map(({ isOpen }) => isOpen)).toEqual([false])
  expect(await call('ssh_disconnect', { session_id })).toMatchObject({
    isError: true,
    error: { code: 'SESSION_UNKNOWN' },
  })
})
