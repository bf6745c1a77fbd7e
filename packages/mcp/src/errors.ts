import { defineErrors } from '@sshmcp/kernel'

/** What an HTTP server answers before a call is on the road; such an answer has no audit_id. */
export const httpErrors = defineErrors({
  HTTP_STOPPING: {
    when: 'the HTTP server was told to stop: it lets what runs finish and takes nothing new; nothing was run',
    retry: 'later',
    next: 'Send it again in a few seconds, when the server is back.',
  },
})
