import { defineErrors } from '@sshmcp/kernel'

export const pipelineErrors = defineErrors({
  INPUT_TOOL_UNKNOWN: {
    when: 'no tool has that name',
    retry: 'no',
    next: 'List the tools and call one of them.',
  },
  LIMIT_BUSY: {
    when: 'as many calls as allowed are already running for this identity, and none ended within 10 seconds',
    retry: 'later',
    next: 'Wait for a running call to end, then call again.',
  },
  LIMIT_RATE: {
    when: 'this identity made more calls in a minute than rate_limits.max_requests_per_minute allows',
    retry: 'later',
    next: 'Wait for retry_after_seconds, then call again.',
  },
  CONFIRMATION_UNAVAILABLE: {
    when: 'a person has to be asked in a form, and the client offers none or could not show it',
    retry: 'no',
    next: 'Use a client that offers forms (elicitation), or have a person set SSH_MCP_CONFIRMATION to auto.',
  },
  CONFIRMATION_DECLINED: {
    when: 'the person in front of the client did not agree',
    retry: 'no',
    next: 'Ask the person what they want instead; do not send the same call again by yourself.',
  },
  CALL_CANCELLED: {
    when: 'the client cancelled the call before anything was sent to the host',
    retry: 'yes',
    next: 'Call again if it is still wanted.',
  },
})
