import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { hostIdField } from '../fields.ts'

export default defineTool({
  name: 'ssh_connect',
  title: 'Open an SSH session',
  description:
    'Open an SSH session: a connection to one host for yourself, until ssh_disconnect or until it idles. Seldom needed: run_ssh_command works without. ' +
    'Next: session_id for run_ssh_command and the file tools.',
  risk: 'low',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  verb: 'session.open',
  input: z.strictObject({ host_id: hostIdField }),
  output: z.object({
    session_id: z.string(),
    host_id: z.string(),
    status: z.enum(['connected', 'disconnected']),
    max_sessions: z.int(),
    active_sessions: z.int(),
  }),
  needs: ['hosts', 'limits'],
  plan: ({ host_id }, catalog) => ({ verb: 'session.open', host: catalog.host(host_id) }),
  execute: async ({ host }, { hosts, limits }, { signal }) => {
    const session = await hosts.openSession(host, { signal })
    return {
      session_id: session.sessionId,
      host_id: session.hostId,
      status: session.status,
      max_sessions: limits.maxSessions,
      active_sessions: hosts.sessions().length,
    }
  },
})
