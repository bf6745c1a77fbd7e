import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import type { Reply } from '@sshmcp/pipeline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CallLog } from './call-log.ts'
import { formAnswers } from './form-answers.ts'

const meta = { risk_level: 'low', confirmation_required: false, approval_required: false } as const
const done: Reply = { isError: false, result: { stdout: 'what a host printed' }, meta }
const error = { code: 'POLICY_DENIED', message: 'Not on this host.', next: 'Ask.', audit_id: 'a-1' }
const refused: Reply = { isError: true, error, meta }

let client: Client
let log: CallLog
beforeEach(async () => {
  const options = { capabilities: { logging: {} }, jsonSchemaValidator: formAnswers }
  const server = new Server({ name: 'test', version: '0' }, options)
  log = new CallLog(server)
  client = new Client({ name: 'test', version: '0' }, { jsonSchemaValidator: formAnswers })
  const [here, there] = InMemoryTransport.createLinkedPair()
  await Promise.all([server.connect(there), client.connect(here)])
})
afterEach(() => client.close())

test('nothing is logged before the client names a level', () => {
  expect(log.lineOf('list_hosts', done)).toBeUndefined()
  expect(log.lineOf('list_hosts', refused)).toBeUndefined()
})

test('from the level that it names: how calls ended, and nothing of what went in or came out', async () => {
  await client.setLoggingLevel('info')
  const params = { logger: 'calls', level: 'info', data: { tool: 'list_hosts', outcome: 'done' } }
  expect(log.lineOf('list_hosts', done)).toEqual({ method: 'notifications/message', params })
  await client.setLoggingLevel('warning')
  expect(log.lineOf('list_hosts', done)).toBeUndefined()
  const data = { tool: 'list_hosts', outcome: 'refused or failed', code: 'POLICY_DENIED', audit_id: 'a-1' }
  expect(log.lineOf('list_hosts', refused)).toMatchObject({ params: { level: 'warning', data } })
  await client.setLoggingLevel('error')
  expect(log.lineOf('list_hosts', refused)).toBeUndefined()
})
