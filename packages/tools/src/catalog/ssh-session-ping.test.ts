import { expect, test } from 'vitest'
import { openedSession } from '../testing/handles.ts'
import { toolBench } from '../testing/tool-bench.ts'

test('is answered by the host and runs nothing there', async () => {
  const { call, transport } = toolBench()
  const session_id = await openedSession(call)
  expect(await call('ssh_session_ping', { session_id })).toMatchObject({
    isError: false,
    result: { session_id, host_id: 'staging-1', alive: true, round_trip_ms: 1 },
  })
  expect(transport.sent).toEqual([])
})

test('a session whose connection was lost is none any more', async () => {
  const { call, transport } = toolBench()
  const session_id = await openedSession(call)
  transport.connections[0]?.lose()
  expect(await call('ssh_session_ping', { session_id })).toMatchObject({
    isError: true,
    error: { code: expect.stringMatching(/^SESSION_/) },
  })
})

test('an unknown session is an error', async () => {
  expect(await toolBench().call('ssh_session_ping', { session_id: 'ses_none' })).toMatchObject({
    error: { code: 'SESSION_UNKNOWN' },
  })
})
