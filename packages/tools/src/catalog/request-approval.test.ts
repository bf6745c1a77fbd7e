import type { AskPerson } from '@sshmcp/pipeline'
import { expect, test } from 'vitest'
import { bob } from '../testing/bench-approvals.ts'
import { textOf } from '../testing/handles.ts'
import { toolBench } from '../testing/tool-bench.ts'

const restart = { host_id: 'staging-1', template_id: 'restart_web' }
const asking = { action: 'run_ssh_command', arguments: restart, justification: 'nginx is stuck' }

test('asks for exactly one operation, and says what is next', async () => {
  const { call, transport } = toolBench({ mode: 'two-party' })
  const reply = await call('request_approval', asking)
  expect(reply).toMatchObject({
    isError: false,
    result: {
      request_id: expect.stringMatching(/^apr_/),
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      summary: expect.stringContaining('systemctl restart nginx'),
      mode: 'two-party',
      status: 'pending',
      how_to_approve: expect.stringContaining('somebody other than alice'),
      next: expect.stringContaining('wait_seconds'),
    },
  })
  expect(transport.connections).toEqual([])
  expect(textOf(await call('request_approval', asking), 'request_id')).toBe(textOf(reply, 'request_id'))
})

test('approved by another person, the call runs once and only as it was approved', async () => {
  const { call, approvals, transport } = toolBench({ mode: 'two-party' })
  const requestId = textOf(await call('request_approval', asking), 'request_id')
  const use = { ...restart, approval_request_id: requestId }
  expect(await call('run_ssh_command', use)).toMatchObject({ error: { code: 'APPROVAL_PENDING' } })
  await approvals.approve({ requestId, decider: bob, typedWord: 'staging-1', channel: 'terminal' })
  expect(await call('request_approval', asking)).toMatchObject({
    result: { status: 'approved', next: expect.stringContaining(requestId) },
  })
  expect(await call('run_ssh_command', { ...use, host_id: 'production-web' })).toMatchObject({
    error: { code: 'APPROVAL_OTHER_OPERATION' },
  })
  expect(await call('run_ssh_command', use)).toMatchObject({
    isError: false,
    meta: { risk_level: 'high', approval_required: true, approval: { request_id: requestId, approved_by: 'bob' } },
  })
  expect(transport.sent).toMatchObject([{ request: { line: expect.stringContaining('systemctl restart nginx') } }])
  expect(await call('run_ssh_command', use)).toMatchObject({ error: { code: 'APPROVAL_USED' } })
})

test('a denial is final and carries its reason', async () => {
  const { call, approvals } = toolBench({ mode: 'two-party' })
  const requestId = textOf(await call('request_approval', asking), 'request_id')
  await approvals.deny({ requestId, decider: bob, channel: 'terminal', reason: 'not on a Friday' })
  expect(await call('request_approval', asking)).toMatchObject({
    result: { status: 'denied', reason: 'not on a Friday' },
  })
})

const answering = (value: string, kind: 'accept' | 'decline' | 'cancel' = 'accept') => {
  const questions: string[] = []
  const ask: AskPerson = async ({ text }) => {
    questions.push(text)
    return kind === 'accept' ? { kind, value } : { kind }
  }
  return { ask, questions }
}

test('in one-person mode the client’s form decides, with the host_id typed', async () => {
  const { call } = toolBench()
  const { ask, questions } = answering('staging-1')
  expect(await call('request_approval', asking, { ask })).toMatchObject({
    result: { status: 'approved', mode: 'one-person' },
  })
  expect(questions).toEqual([expect.stringContaining('systemctl restart nginx')])
})

test.each([
  ['an accept without the word', answering('')],
  ['an accept with another word', answering('yes')],
  ['a client that declines by itself', answering('', 'decline')],
  ['a closed form', answering('', 'cancel')],
])('%s approves nothing', async (_, { ask }) => {
  const { call } = toolBench()
  expect(await call('request_approval', asking, { ask })).toMatchObject({ result: { status: 'pending' } })
})

test('in two-party mode the requester’s form is never shown', async () => {
  const { call } = toolBench({ mode: 'two-party' })
  const { ask, questions } = answering('staging-1')
  expect(await call('request_approval', asking, { ask })).toMatchObject({ result: { status: 'pending' } })
  expect(questions).toEqual([])
})

test.each([
  [
    'what would be refused in the call',
    { ...asking, arguments: { host_id: 'vault', template_id: 'restart_web' } },
    { code: 'POLICY_HOST_UNKNOWN' },
  ],
  [
    'a bad argument, by its path',
    { ...asking, arguments: { template_id: 'restart_web' } },
    { code: 'INPUT_INVALID', field: 'arguments.host_id' },
  ],
  [
    'what needs none',
    { ...asking, arguments: { host_id: 'staging-1', template_id: 'disk_usage' } },
    { code: 'POLICY_APPROVAL_NOT_NEEDED' },
  ],
  ['itself', { ...asking, action: 'request_approval' }, { code: 'INPUT_INVALID', field: 'action' }],
  ['handing in a code', { ...asking, action: 'approve_request' }, { code: 'INPUT_INVALID', field: 'action' }],
  ['a tool of people', { ...asking, action: 'decide_approval' }, { code: 'INPUT_INVALID', field: 'action' }],
  ['two hosts at once', { ...asking, host_id: 'production-web' }, { code: 'INPUT_INVALID', field: 'host_id' }],
])('%s cannot be asked for', async (_, args, error) => {
  expect(await toolBench().call('request_approval', args)).toMatchObject({ isError: true, error })
})

test('host_id is short for the argument', async () => {
  const reply = await toolBench().call('request_approval', {
    ...asking,
    arguments: { template_id: 'restart_web' },
    host_id: 'staging-1',
  })
  expect(reply).toMatchObject({ isError: false, result: { status: 'pending' } })
})
