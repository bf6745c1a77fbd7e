import * as z from 'zod'
import { defineTool } from '../define-tool.ts'

const host = z.object({
  host_id: z.string(),
  hostname: z.string(),
  port: z.int(),
  labels: z.record(z.string(), z.string()),
  description: z.string(),
})

export default defineTool({
  name: 'list_hosts',
  title: 'List hosts',
  description:
    'List the SSH hosts (servers, machines) that you may use, with their labels. Call it first: the other tools take its host_id. Next: ' +
    'list_templates(host_id).',
  risk: 'low',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  verb: 'catalog.read',
  input: z.strictObject({
    label_selector: z.string().default('').describe('Such as env=production,role=web: all must hold'),
  }),
  output: z.object({ hosts: z.array(host), next: z.string().optional() }),
  needs: ['catalog'],
  plan: ({ label_selector }) => ({ verb: 'catalog.read', what: 'hosts', selector: label_selector }),
  execute: async (action, { catalog }) => {
    const selector = action.what === 'hosts' ? action.selector : ''
    const hosts = catalog.hosts(selector).map(({ hostId, hostname, port, labels, description }) => ({
      host_id: hostId,
      hostname,
      port,
      labels: { ...labels },
      description,
    }))
    return hosts.length > 0 ? { hosts } : { hosts, next: whenEmpty(selector) }
  },
})

function whenEmpty(selector: string): string {
  if (selector !== '') return 'No host has these labels. Call list_hosts without label_selector to see all.'
  return 'No host is configured for you yet. A person adds one with `sshmcp hosts add USER@HOST` (or in hosts.json) and restarts the server.'
}
