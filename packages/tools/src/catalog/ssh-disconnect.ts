import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { sessionIdField } from '../fields.ts'

export default defineTool({
  name: 'ssh_disconnect',
  title: 'Close an SSH session',
  description: 'Close an SSH session of ssh_connect. A command that still runs over it is ended.',
  risk: 'low',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  verb: 'session.close',
  input: z.strictObject({ session_id: sessionIdField }),
  output: z.object({ session_id: z.string(), status: z.enum(['connected', 'disconnected']) }),
  needs: ['hosts'],
  plan: ({ session_id }) => ({ verb: 'session.close', sessionId: session_id }),
  execute: async ({ sessionId }, { hosts }) => {
    const closed = await hosts.closeSession(sessionId)
    return { session_id: closed.sessionId, status: closed.status }
  },
})
