import { expect, test } from 'vitest'
import { textOf } from '../testing/handles.ts'
import { toolBench } from '../testing/tool-bench.ts'

const asking = {
  action: 'run_ssh_command',
  arguments: { host_id: 'staging-1', template_id: 'restart_web' },
  justification: 'nginx is stuck',
}

async function requested() {
  const bench = toolBench()
  const request_id = textOf(await bench.call('request_approval', asking), 'request_id')
  const decide = (decision: object, via: 'terminal' | 'model' = 'terminal') =>
    bench.call('decide_approval', { request_id, decision }, { via })
  return { ...bench, request_id, decide }
}

test('a person approves with the word typed', async () => {
  const { decide, request_id } = await requested()
  expect(await decide({ verdict: 'approve', typed_word: 'staging' })).toMatchObject({
    error: { code: 'APPROVAL_WORD_WRONG' },
  })
  expect(await decide({ verdict: 'approve', typed_word: 'staging-1' })).toMatchObject({
    result: { request_id, status: 'approved' },
  })
})

test('a person denies with a reason', async () => {
  const { decide } = await requested()
  expect(await decide({ verdict: 'deny', reason: '' })).toMatchObject({ error: { code: 'APPROVAL_REASON_MISSING' } })
  expect(await decide({ verdict: 'deny', reason: 'no' })).toMatchObject({ result: { status: 'denied' } })
})

test('a code is made once, shown to the person, and not journalled', async () => {
  const { decide, journal } = await requested()
  const reply = await decide({ verdict: 'approve', typed_word: 'staging-1', as_code: true })
  const code = textOf(reply, 'code')
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
  expect(reply).toMatchObject({ result: { status: 'pending' } })
  expect(JSON.stringify(journal.lines)).not.toContain(code)
})

test('to a model the tool is not there', async () => {
  const { decide } = await requested()
  expect(await decide({ verdict: 'approve', typed_word: 'staging-1' }, 'model')).toMatchObject({
    error: { code: 'INPUT_TOOL_UNKNOWN' },
  })
})
