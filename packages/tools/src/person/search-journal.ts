import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { journalFields, journalStatuses, journalStretch, journalTime } from '../journal-result.ts'

export default defineTool({
  name: 'search_journal',
  title: 'Search the audit journal',
  description:
    'Search the audit journal page by page from its end: newest first, with the verdict of checking the chain from the oldest entry of the page on.',
  surface: 'person',
  risk: 'low',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  verb: 'audit.read',
  input: z.strictObject({
    text: z.string().max(200).default('').describe('A piece of text, anywhere in an entry'),
    host_id: z.string().max(200).default(''),
    user_id: z.string().max(200).default(''),
    tool: z.string().max(200).default(''),
    since: journalTime.default(''),
    until: journalTime.default(''),
    status: z.enum(['', ...journalStatuses]).default(''),
    before_seq: z.int().min(0).default(0).describe('Only entries before this one; 0: from the end'),
    limit: z.int().min(1).max(200).default(50),
  }),
  output: z.object({
    ...journalFields,
    next_before_seq: z.int().nullable().describe('where the next page begins; null when there is none'),
  }),
  needs: ['journal'],
  plan: (input) => ({ verb: 'audit.read', filter: input }),
  execute: async ({ filter }, { journal }) => {
    const limit = Number(filter.limit)
    // One more than is shown says whether there is a next page.
    const { events, verified } = await journalStretch(journal, limit + 1, filter)
    const page = events.slice(-limit).reverse()
    const oldest = page.at(-1)?.seq ?? 0
    return { events: page, verified, next_before_seq: events.length > limit ? oldest : null }
  },
})
