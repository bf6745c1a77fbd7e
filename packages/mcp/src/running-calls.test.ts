import type { CallRequest, Pipeline, Reply } from '@sshmcp/pipeline'
import { expect, test } from 'vitest'
import { RunningCalls } from './running-calls.ts'

const reply: Reply = {
  isError: false,
  result: { audit_id: 'op_1' },
  meta: { risk_level: 'low', confirmation_required: false, approval_required: false },
}

/** Calls that run until their signal ends them. */
const endless: Pipeline<unknown> = {
  tools: [],
  call: ({ signal }) =>
    new Promise((resolve) => {
      if (signal.aborted) resolve(reply)
      signal.addEventListener('abort', () => resolve(reply))
    }),
}

const request = (signal: AbortSignal): CallRequest => ({
  ...{ tool: 'x', args: {}, credential: { kind: 'local' }, client: { name: 'test', version: '1' } },
  ...{ via: 'model', signal },
})

test('cancelling ends what runs and what still comes, each with its reply', async () => {
  const calls = new RunningCalls(() => {})
  const pipeline = calls.watched(endless)
  const running = pipeline.call(request(new AbortController().signal))
  let isSettled = false
  const settled = calls.settled(60_000).then(() => {
    isSettled = true
  })
  await Promise.resolve()
  expect(isSettled).toBe(false)
  calls.cancel()
  expect(await running).toBe(reply)
  await settled
  expect(await pipeline.call(request(new AbortController().signal))).toBe(reply)
})

test('a call still ends by its own signal, and one that was cancelled before it began does not begin', async () => {
  const pipeline = new RunningCalls(() => {}).watched(endless)
  const client = new AbortController()
  const running = pipeline.call(request(client.signal))
  client.abort()
  expect(await running).toBe(reply)
  expect(await pipeline.call(request(client.signal))).toBe(reply)
})
