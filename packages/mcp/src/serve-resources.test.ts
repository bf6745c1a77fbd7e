import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import type { Reply } from '@sshmcp/pipeline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formAnswers } from './form-answers.ts'
import type { Reading } from './resource-uris.ts'
import { serveResources } from './serve-resources.ts'

const meta = { risk_level: 'low', confirmation_required: false, approval_required: false } as const
const hosts = [...Array.from({ length: 120 }, (_, index) => ({ host_id: `web-${index}` })), { host_id: 'db-1' }]
const replies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  list_hosts: { hosts, audit_id: 'a' },
  list_templates: { templates: [{ template_id: 'disk_usage' }] },
  poll_background_job: { stdout: '[masked]' },
  list_background_jobs: { jobs: [{ job_id: 'job_1' }] },
}
const refusal = { code: 'INPUT_UNKNOWN', message: 'No such host.', next: 'Call list_hosts.', audit_id: 'a' }

let called: Reading[] = []
let client: Client
beforeEach(async () => {
  called = []
  const server = new Server(
    { name: 'test', version: '0' },
    { capabilities: { resources: {}, completions: {} }, jsonSchemaValidator: formAnswers },
  )
  serveResources(server, async ({ tool, args }): Promise<Reply> => {
    called.push({ tool, args })
    const result = replies[tool]
    return result === undefined ? { isError: true, error: refusal, meta } : { isError: false, result, meta }
  })
  client = new Client({ name: 'test', version: '0' }, { jsonSchemaValidator: formAnswers })
  const [here, there] = InMemoryTransport.createLinkedPair()
  await Promise.all([server.connect(there), client.connect(here)])
})
afterEach(() => client.close())

const complete = async (name: string, value: string) => {
  const ref = { type: 'ref/resource', uri: 'sshmcp://hosts/{host_id}/templates' } as const
  return (await client.complete({ ref, argument: { name, value } })).completion
}

test.each([
  ['sshmcp://hosts', { tool: 'list_hosts', args: {} }],
  ['sshmcp://templates', { tool: 'list_templates', args: {} }],
  ['sshmcp://hosts/web-1/templates', { tool: 'list_templates', args: { host_id: 'web-1' } }],
  ['sshmcp://jobs/job_1/output', { tool: 'poll_background_job', args: { job_id: 'job_1' } }],
])('%s is one call on the road', async (uri, reading) => {
  const { contents } = await client.readResource({ uri })
  expect(called).toEqual([reading])
  expect(contents).toEqual([{ uri, mimeType: 'application/json', text: JSON.stringify(replies[reading.tool]) }])
})

test('a refusal is told with what to do next', async () => {
  await expect(client.readResource({ uri: 'sshmcp://hosts/secret/facts' })).rejects.toThrow(
    'No such host. Call list_hosts.',
  )
})

test.each(['sshmcp://keys', 'file:///etc/passwd', 'sshmcp://hosts/a/b/templates', 'sshmcp://hosts//templates'])(
  '%s is no resource, and nothing is called for it',
  async (uri) => {
    await expect(client.readResource({ uri })).rejects.toThrow('There is no such resource.')
    expect(called).toEqual([])
  },
)

test('everything that is listed can be read', async () => {
  const { resources } = await client.listResources()
  for (const { uri } of resources) expect((await client.readResource({ uri })).contents).toHaveLength(1)
  const { resourceTemplates } = await client.listResourceTemplates()
  expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
    'sshmcp://hosts/{host_id}/templates',
    'sshmcp://hosts/{host_id}/facts',
    'sshmcp://jobs/{job_id}/output',
  ])
})

test('hosts, templates and jobs are completed from what the caller may list', async () => {
  expect(await complete('host_id', 'db')).toEqual({ values: ['db-1'], total: 1, hasMore: false })
  expect(await complete('host_id', 'web-')).toMatchObject({ total: 120, hasMore: true })
  expect((await complete('template_id', '')).values).toEqual(['disk_usage'])
  expect((await complete('job_id', 'job')).values).toEqual(['job_1'])
  expect(called.map(({ tool }) => tool)).toEqual(['list_hosts', 'list_hosts', 'list_templates', 'list_background_jobs'])
})

test('another argument is completed by nothing, at no cost', async () => {
  expect((await complete('constructor', '')).values).toEqual([])
  expect(called).toEqual([])
})
