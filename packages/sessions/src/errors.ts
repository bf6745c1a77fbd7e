import { defineErrors } from '@sshmcp/kernel'

/** What can go wrong with sessions and jobs, apart from the connection itself. */
export const sessionErrors = defineErrors({
  SESSION_UNKNOWN: {
    when: 'the caller has no such session: it was closed, was idle too long, or never was',
    retry: 'no',
    next: 'Open one with ssh_connect, or leave session_id out.',
  },
  SESSION_LIMIT: {
    when: 'the caller has as many open sessions as SSH_MCP_MAX_SESSIONS allows',
    retry: 'later',
    next: 'Close one with ssh_disconnect, or leave session_id out of the call.',
  },
  SESSION_OTHER_HOST: {
    when: 'the session is connected to another host than the call is for',
    retry: 'no',
    next: 'Use the host_id of the session, or leave session_id out.',
  },
  SESSION_BUSY: {
    when: 'every channel that the host allows on the connection was in use until the time was over; nothing was run',
    retry: 'later',
    next: 'Call again when other commands on this host have ended.',
  },
  SESSION_CLOSED: {
    when: 'the server is stopping, or the identity was revoked; nothing was run',
    retry: 'later',
    next: 'Call again when the server is back.',
  },
  JOB_UNKNOWN: {
    when: 'the caller has no such job: its time is over, its output was dropped, or it never was',
    retry: 'no',
    next: 'List the jobs with list_background_jobs.',
  },
  JOB_LIMIT: {
    when: 'the caller has as many running jobs as SSH_MCP_MAX_BACKGROUND_JOBS allows',
    retry: 'later',
    next: 'Wait for one to end (poll_background_job), or end one with cancel_background_job.',
  },
  JOB_CURSOR_INVALID: {
    when: 'the cursor is none that this job gave out',
    retry: 'no',
    next: 'Use the next_cursor of the last reply, or "" for the start.',
  },
})
