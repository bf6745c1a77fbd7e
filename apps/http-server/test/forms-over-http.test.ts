import { afterEach, beforeEach, expect, test } from 'vitest'
import { HttpBench } from './support/http-bench.ts'
import { type Message, messages } from './support/mcp-caller.ts'

const token = 'token-of-alice'
let bench: HttpBench
beforeEach(async () => {
  const restart = { template_id: 'restart', description: 'Restarts it', argv: ['true'], allowed_params: {} }
  bench = await HttpBench.start({ templates: [{ ...restart, risk_level: 'medium' }] })
})
afterEach(() => bench.close())

/** As a client over a socket says it. */
const lengthOf = (body: object) => ({ 'content-length': `${JSON.stringify({ jsonrpc: '2.0', ...body }).length}` })

test.each([
  ['accept', { exit_code: 0, stdout: 'fine' }],
  ['decline', { error: { code: 'CONFIRMATION_DECLINED' } }],
  ['cancel', { error: { code: 'CONFIRMATION_DECLINED' } }],
])('what changes something is asked on the stream of its call, and %s decides it', async (action, ends) => {
  const session = { 'mcp-session-id': await bench.open(token, { elicitation: { form: {} } }) }
  const args = { name: 'run_ssh_command', arguments: { host_id: 'web-1', template_id: 'restart' } }
  const params = { ...args, _meta: { progressToken: 'p-1' } }
  const seen: Message[] = []
  for await (const message of messages(await bench.rpc(token, { id: 99, method: 'tools/call', params }, session))) {
    seen.push(message)
    if (message.method !== 'elicitation/create') continue
    expect(bench.transport.sent).toEqual([])
    const result = { action, ...(action === 'accept' ? { content: {} } : {}) }
    expect((await bench.rpc(token, { id: message.id, result }, session)).status).toBe(202)
  }
  expect(seen[0]).toMatchObject({
    method: 'elicitation/create',
    params: { mode: 'form', message: expect.stringContaining('Host: web-1') },
  })
  expect(seen.at(-1)).toMatchObject({ id: 99, result: { structuredContent: ends } })
  const told = seen.filter(({ method }) => method === 'notifications/progress')
  if (action === 'accept')
    expect(told[0]).toMatchObject({ params: { progressToken: 'p-1', message: expect.any(String) } })
  else expect(told).toEqual([])
})

test('a server that is stopping still takes what a running call waits for, and nothing else', async () => {
  const session = { 'mcp-session-id': await bench.open(token, { elicitation: { form: {} } }) }
  const params = { name: 'run_ssh_command', arguments: { host_id: 'web-1', template_id: 'restart' } }
  const seen: Message[] = []
  let drained: Promise<void> | undefined
  for await (const message of messages(await bench.rpc(token, { id: 99, method: 'tools/call', params }, session))) {
    seen.push(message)
    if (message.method !== 'elicitation/create') continue
    drained = bench.http.drain(60_000)
    const post = async (body: object) => (await bench.rpc(token, { ...body }, { ...session, ...lengthOf(body) })).status
    expect(await post({ id: 100, method: 'tools/list' })).toBe(503)
    expect(await post({ method: 'notifications/cancelled', params: { requestId: 4711 } })).toBe(202)
    expect(await post({ id: message.id, result: { action: 'accept', content: {} } })).toBe(202)
  }
  expect(seen.at(-1)).toMatchObject({ id: 99, result: { structuredContent: { exit_code: 0 } } })
  await drained
})
