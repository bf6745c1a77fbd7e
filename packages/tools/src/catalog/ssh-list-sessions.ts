import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { sessionFields, sessionOf } from '../session-result.ts'

export default defineTool({
  name: 'ssh_list_sessions',
  title: 'List SSH sessions',
  description: 'List your open SSH sessions: which host, whether the connection is alive, how long idle.',
  risk: 'low',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  verb: 'session.read',
  input: z.strictObject({}),
  output: z.object({ sessions: z.array(z.object(sessionFields)), active_count: z.int(), max_sessions: z.int() }),
  needs: ['hosts', 'limits'],
  plan: () => ({ verb: 'session.read' }),
  execute: async (_action, { hosts, limits }) => {
    const sessions = hosts.sessions().map(sessionOf)
    return { sessions, active_count: sessions.length, max_sessions: limits.maxSessions }
  },
})
