import { expect, test } from 'vitest'
import { bob } from '../testing/bench-approvals.ts'
import { textOf } from '../testing/handles.ts'
import { toolBench } from '../testing/tool-bench.ts'

const asking = {
  action: 'run_ssh_command',
  arguments: { host_id: 'staging-1', template_id: 'restart_web' },
  justification: 'nginx is stuck',
}

async function requested() {
  const bench = toolBench({ mode: 'two-party' })
  const requestId = textOf(await bench.call('request_approval', asking), 'request_id')
  const makeCode = async () =>
    (
      await bench.approvals.issueCode({ requestId, decider: bob, typedWord: 'staging-1', channel: 'terminal' })
    ).code.reveal()
  return { ...bench, requestId, makeCode }
}

test('a code that another person made approves', async () => {
  const { call, requestId, makeCode } = await requested()
  const code = (await makeCode()).toLowerCase()
  expect(await call('approve_request', { request_id: requestId, approval_token: code })).toMatchObject({
    isError: false,
    result: { request_id: requestId, status: 'approved', action: 'run_ssh_command' },
  })
})

test('five wrong codes deny the request', async () => {
  const { call, requestId, makeCode } = await requested()
  const code = await makeCode()
  const wrong = { request_id: requestId, approval_token: '00000000' }
  for (let tries = 0; tries < 4; tries++)
    expect(await call('approve_request', wrong)).toMatchObject({ error: { code: 'APPROVAL_CODE_WRONG' } })
  expect(await call('approve_request', wrong)).toMatchObject({ error: { code: 'APPROVAL_DENIED' } })
  expect(await call('approve_request', { request_id: requestId, approval_token: code })).toMatchObject({
    isError: true,
  })
})

test('the code never reaches the journal', async () => {
  const { call, requestId, journal, makeCode } = await requested()
  const code = await makeCode()
  await call('approve_request', { request_id: requestId, approval_token: code })
  expect(JSON.stringify(journal.lines)).not.toContain(code)
})
