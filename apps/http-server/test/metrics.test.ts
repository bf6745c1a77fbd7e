import { afterEach, beforeEach, expect, test } from 'vitest'
import { HttpBench } from './support/http-bench.ts'

const alice = 'token-of-alice'
const bob = 'token-of-bob'

let bench: HttpBench
beforeEach(async () => {
  bench = await HttpBench.start()
})
afterEach(() => bench.close())

const metrics = (token?: string): Promise<Response> =>
  bench.request('/metrics', token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })

test('calls are counted by tool and result, and timed', async () => {
  const session = await bench.open(alice)
  await bench.call(alice, session, 'run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })
  await bench.call(alice, session, 'run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })
  await bench.call(alice, session, 'run_ssh_command', { host_id: 'nowhere', template_id: 'disk_usage' })
  const response = await metrics(bob)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const text = await response.text()
  expect(text).toContain('sshmcp_calls_total{tool="run_ssh_command",result="ok"} 2\n')
  expect(text).toMatch(/sshmcp_calls_total\{tool="run_ssh_command",result="[A-Z_]+"\} 1\n/)
  expect(text).toContain('sshmcp_call_duration_seconds_count{tool="run_ssh_command"} 3\n')
  expect(text).not.toMatch(/alice|web-1|nowhere|disk_usage/)
})

test('what is open and what waits at the moment', async () => {
  await bench.close()
  bench = await HttpBench.start({
    templates: [{ template_id: 'restart', description: 'Restarts', argv: ['restart'], risk_level: 'high' }],
  })
  const session = await bench.open(alice)
  await bench.call(alice, session, 'ssh_connect', { host_id: 'web-1' })
  const asked = await bench.call(alice, session, 'request_approval', {
    action: 'run_ssh_command',
    arguments: { host_id: 'web-1', template_id: 'restart' },
    justification: 'it is stuck',
  })
  expect(asked).toMatchObject({ status: 'pending' })
  const text = await (await metrics(bob)).text()
  expect(text).toContain('sshmcp_ssh_connections 1\n')
  expect(text).toContain('sshmcp_jobs_running 0\n')
  expect(text).toContain('sshmcp_approvals_waiting 1\n')
  expect(text).toContain('sshmcp_mcp_sessions 1\n')
})

test('they are for the token of an auditor or an admin, and for no address', async () => {
  expect((await metrics()).status).toBe(401)
  expect((await metrics('nonsense')).status).toBe(401)
  expect((await metrics(alice)).status).toBe(403)
  expect((await metrics(bob)).status).toBe(200)
})
