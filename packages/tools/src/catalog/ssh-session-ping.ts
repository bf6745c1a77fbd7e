import * as z from 'zod'
import { defineTool } from '../define-tool.ts'
import { sessionIdField } from '../fields.ts'
import { sessionFields, sessionOf } from '../session-result.ts'

export default defineTool({
  name: 'ssh_session_ping',
  title: 'Ping an SSH session',
  description: 'Ping an SSH session: whether its host answers, and how fast. Runs nothing there.',
  risk: 'low',
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  verb: 'session.read',
  input: z.strictObject({ session_id: sessionIdField }),
  output: z.object({ ...sessionFields, round_trip_ms: z.number().nullable().describe('null when no reply came') }),
  needs: ['hosts'],
  plan: ({ session_id }) => ({ verb: 'session.read', sessionId: session_id }),
  execute: async ({ sessionId = '' }, { hosts }, { signal }) => {
    const { roundTripMs, ...session } = await hosts.pingSession(sessionId, signal)
    return {
      ...sessionOf(session),
      round_trip_ms: roundTripMs === undefined ? null : Math.round(roundTripMs * 100) / 100,
    }
  },
})
