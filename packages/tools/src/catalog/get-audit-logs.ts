import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { journalFields, journalStatuses, journalStretch, journalTime } from '../journal-result.ts'

export default defineTool({
  name: 'get_audit_logs',
  title: 'Read the audit journal',
  description:
    'Read the newest entries of the audit journal (log), oldest first: who ran what where, what was refused, how it ended, and the verdict on their hash ' +
    'chain. All filters must hold.',
  risk: 'low',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  verb: 'audit.read',
  input: z.strictObject({
    last_n: z.int().min(1).max(500).default(50).describe('How many entries'),
    host_id: z.string().default(''),
    user_id: z.string().default(''),
    tool: z.string().default(''),
    since: journalTime.default('').describe('RFC 3339 time'),
    until: journalTime.default('').describe('RFC 3339 time'),
    status: z.enum(['', ...journalStatuses]).default(''),
  }),
  output: z.object(journalFields),
  needs: ['journal'],
  plan: (input) => ({ verb: 'audit.read', filter: input }),
  execute: ({ filter }, { journal }) => journalStretch(journal, Number(filter.last_n), filter),
})
