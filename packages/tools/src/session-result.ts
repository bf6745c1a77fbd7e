import type { SessionView } from '@sshmcp/sessions'
import * as z from 'zod'

/** A session's state, as replies show it. */
export const sessionFields = {
  session_id: z.string(),
  host_id: z.string(),
  alive: z.boolean(),
  idle_seconds: z.int(),
  uptime_seconds: z.int(),
}

export function sessionOf(view: SessionView) {
  return {
    session_id: view.sessionId,
    host_id: view.hostId,
    alive: view.status === 'connected',
    idle_seconds: Math.floor(view.idleSeconds),
    uptime_seconds: Math.floor(view.uptimeSeconds),
  }
}
