import type { Reply } from '@sshmcp/pipeline'
import { expect, test } from 'vitest'
import { column, testRules, toolBench } from '../testing/tool-bench.ts'

const ids = (reply: Reply) => column(reply, 'hosts', 'host_id')

test('lists the hosts that the caller may use, with labels', async () => {
  const reply = await toolBench().call('list_hosts')
  expect(reply).toMatchObject({
    isError: false,
    result: {
      hosts: [
        {
          host_id: 'production-web',
          hostname: '10.0.0.4',
          port: 22,
          labels: { env: 'production', role: 'web' },
          description: '',
        },
        { host_id: 'staging-1', port: 2222 },
      ],
    },
    meta: { risk_level: 'low', confirmation_required: false, approval_required: false },
  })
})

test('narrows by labels, all of which must hold', async () => {
  expect(ids(await toolBench().call('list_hosts', { label_selector: 'env=production,role=web' }))).toEqual([
    'production-web',
  ])
  expect(ids(await toolBench().call('list_hosts', { label_selector: 'env=staging,role=web' }))).toEqual([])
})

test('shows a host to those whose role it allows, and every host to an auditor', async () => {
  expect(ids(await toolBench({ roles: ['admin'] }).call('list_hosts'))).toContain('vault')
  expect(ids(await toolBench({ roles: ['auditor'] }).call('list_hosts'))).toContain('vault')
  expect(ids(await toolBench({ roles: ['developer'] }).call('list_hosts'))).not.toContain('vault')
})

test('an empty list says how to add a host', async () => {
  const reply = await toolBench({ rules: testRules({ hosts: [] }) }).call('list_hosts')
  expect(reply).toMatchObject({ result: { hosts: [], next: expect.stringContaining('sshmcp hosts add') } })
})
