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
  AUDIT_UNAVAILABLE: {
    when: 'the journal cannot be written, so nothing may happen',
    retry: 'later',
    next: 'A person must make the journal writable again (disk space, permissions of audit_logs); then call again.',
  },
  CALL_CANCELLED: {
    when: 'the client cancelled the call before anything was sent to the host',
    retry: 'yes',
    next: 'Call again if it is still wanted.',
  },
})
