import type { Reply } from '@sshmcp/pipeline'
import { expect, test } from 'vitest'
import { column, toolBench } from '../testing/tool-bench.ts'

const ids = (reply: Reply) => column(reply, 'templates', 'template_id')

test('tells what a first call needs to be right: command, pattern, example, risk, approval', async () => {
  const reply = await toolBench().call('list_templates')
  expect(reply).toMatchObject({
    isError: false,
    result: {
      templates: expect.arrayContaining([
        expect.objectContaining({
          template_id: 'tail_log',
          command: 'tail -n {lines} {log_path}',
          risk_level: 'low',
          needs_approval: false,
          allowed_roles: ['developer', 'operator', 'admin', 'auditor'],
          params: expect.arrayContaining([
            { name: 'lines', pattern: '^[0-9]{1,5}$', description: 'How many', example: '100', required: true },
          ]),
        }),
        expect.objectContaining({ template_id: 'restart_web', risk_level: 'high', needs_approval: true }),
      ]),
    },
  })
})

test('shows only what the caller may run', async () => {
  expect(ids(await toolBench({ roles: ['operator'] }).call('list_templates'))).not.toContain('rotate')
  expect(ids(await toolBench({ roles: ['admin'] }).call('list_templates'))).toContain('rotate')
  expect(ids(await toolBench({ roles: ['developer'] }).call('list_templates'))).toEqual([
    'disk_usage',
    'tail_log',
    'slow',
  ])
})

test('an unknown host and a forbidden one give the same answer', async () => {
  const bench = toolBench({ roles: ['developer'] })
  const [unknown, forbidden] = [
    await bench.call('list_templates', { host_id: 'vualt' }),
    await bench.call('list_templates', { host_id: 'vault' }),
  ]
  expect(unknown).toMatchObject({ isError: true, error: { code: 'POLICY_HOST_UNKNOWN' } })
  const shape = (reply: unknown) =>
    JSON.stringify(reply)
      .replaceAll('vualt', 'X')
      .replaceAll('vault', 'X')
      .replace(/op_\d+/g, 'OP')
  expect(shape(unknown)).toBe(shape(forbidden))
})
