import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { jobFields, jobOf } from '../job-result.ts'
import { sessionFields, sessionOf } from '../session-result.ts'

const host = z.object({
  host_id: z.string(),
  hostname: z.string(),
  port: z.int(),
  ssh_user: z.string(),
  labels: z.record(z.string(), z.string()),
  description: z.string(),
  templates: z.array(z.string()).describe('what the caller may run there'),
})

export default defineTool({
  name: 'show_hosts',
  title: 'Show hosts, sessions and jobs',
  description: 'Show the hosts that the caller may use, with the sessions and jobs that the caller has on them.',
  surface: 'person',
  risk: 'low',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  verb: 'catalog.read',
  input: z.strictObject({
    label_selector: z.string().max(200).default('').describe('k=v[,k=v]; all must hold'),
  }),
  output: z.object({
    hosts: z.array(host),
    sessions: z.array(z.object(sessionFields)),
    jobs: z.array(z.object(jobFields)),
    max_sessions: z.int(),
  }),
  needs: ['catalog', 'hosts', 'limits'],
  plan: ({ label_selector }) => ({ verb: 'catalog.read', what: 'hosts', selector: label_selector }),
  execute: async (action, { catalog, hosts, limits }) => ({
    hosts: catalog.hosts(action.what === 'hosts' ? action.selector : '').map((found) => ({
      host_id: found.hostId,
      hostname: found.hostname,
      port: found.port,
      ssh_user: found.sshUser,
      labels: { ...found.labels },
      description: found.description,
      templates: catalog.templates(found).map(({ templateId }) => templateId),
    })),
    sessions: hosts.sessions().map(sessionOf),
    jobs: hosts.jobs().map(jobOf),
    max_sessions: limits.maxSessions,
  }),
})
