import { expect, test } from 'vitest'
import * as z from 'zod'
import { errorsPage } from '../scripts/gen/errors-page.ts'
import { registrySource } from '../scripts/gen/registry.ts'
import { toolsPage } from '../scripts/gen/tools-page.ts'

test('the registry imports each file and keeps the order it is given', () => {
  expect(registrySource(['get-audit-logs.ts', 'list-hosts.ts'], ['show-approval.ts'])).toBe(
    [
      '// Generated from catalog/ and person/ by `pnpm gen`. Not edited by hand.',
      "import getAuditLogs from './catalog/get-audit-logs.ts'",
      "import listHosts from './catalog/list-hosts.ts'",
      "import showApproval from './person/show-approval.ts'",
      "import { schemas } from './schemas.generated.ts'",
      '',
      '/** Every tool that a model can call, one per file of `catalog/`. */',
      'export const catalog = [{ ...getAuditLogs, schemas: schemas.getAuditLogs }, { ...listHosts, schemas: schemas.listHosts }] as const',
      '',
      '/** Every tool that only people have, by a command or a page, one per file of `person/`. */',
      'export const personTools = [showApproval] as const',
      '',
    ].join('\n'),
  )
})

test('a tool is shown with its inputs, their defaults and its outputs', () => {
  const page = toolsPage([
    {
      name: 'poll_job',
      title: 'Poll a job',
      description: 'Polls one job.',
      risk: 'low',
      input: z.strictObject({
        job_id: z.string().describe('the handle | of the job'),
        wait_seconds: z.int().min(0).max(30).default(0),
        kind: z.enum(['a', 'b']).optional(),
        params: z.record(z.string(), z.union([z.string(), z.boolean()])).default({}),
      }),
      output: z.object({ job_id: z.string(), status: z.string() }),
    },
  ])
  expect(page).toContain('| [`poll_job`](#poll_job) | low | Poll a job |')
  expect(page).toContain('| `job_id` | string | required | the handle \\| of the job |')
  expect(page).toContain('| `wait_seconds` | integer, 0 to 30 | `0` |  |')
  expect(page).toContain('| `kind` | "a", "b" | optional |  |')
  expect(page).toContain('| `params` | object | `{}` |  |')
  expect(page).toContain('Output: `job_id`, `status`.')
})

test('codes are listed by package and by name', () => {
  const entry = { when: 'never', retry: 'no', next: 'Wait.' } as const
  const page = errorsPage([{ name: 'ca', table: { CA_LATE: entry, CA_EARLY: entry } }])
  expect(page).toMatch(/## @sshmcp\/ca\n\n.*\n.*\n\| `CA_EARLY` \| never \| no \| Wait\. \|\n\| `CA_LATE` .*\n$/)
})

test('one code has one meaning', () => {
  const entry = { when: 'never', retry: 'no', next: 'Wait.' } as const
  const pages = (next: string) => () =>
    errorsPage([
      { name: 'ca', table: { CA_LATE: entry } },
      { name: 'audit', table: { CA_LATE: { ...entry, next } } },
    ])
  expect(pages('Run.')).toThrow('CA_LATE means one thing in packages/ca/src/errors.ts and another in packages/audit')
  expect(pages('Wait.')).not.toThrow()
})
