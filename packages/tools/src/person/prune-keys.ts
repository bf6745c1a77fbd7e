import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { hostOutcomes, outcomeCounts, shownOutcomes } from '../host-outcome.ts'

export default defineTool({
  name: 'prune_keys',
  title: 'Take out expired keys',
  description: 'Remove expired lines of ours from the authorized_keys files of hosts. Nothing else is touched.',
  surface: 'person',
  risk: 'medium',
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  verb: 'key.prune',
  input: z.strictObject({}),
  output: z.object({ hosts: hostOutcomes }),
  needs: ['keys'],
  plan: (_input, catalog) => ({ verb: 'key.prune', hosts: catalog.hosts() }),
  execute: async ({ hosts }, { keys }, { signal }) => ({ hosts: shownOutcomes(await keys.prune(hosts, signal)) }),
  note: ({ hosts }) => ({ status: 'ok', detail: outcomeCounts(hosts) }),
})
