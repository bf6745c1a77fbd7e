import { expect, test } from 'vitest'
import { openedSession } from '../testing/handles.ts'
import { toolBench } from '../testing/tool-bench.ts'

test('lists the caller’s sessions; one whose connection was lost is none any more', async () => {
  const { call, transport } = toolBench()
  expect(await call('ssh_list_sessions')).toMatchObject({ result: { sessions: [], active_count: 0, max_sessions: 2 } })
  const session_id = await openedSession(call)
  expect(await call('ssh_list_sessions')).toMatchObject({
    result: {
      sessions: [{ session_id, host_id: 'staging-1', alive: true, idle_seconds: 0, uptime_seconds: 0 }],
      active_count: 1,
    },
  })
  transport.connections[0]?.lose()
  await Promise.resolve()
  expect(await call('ssh_list_sessions')).toMatchObject({ result: { sessions: [], active_count: 0 } })
})
