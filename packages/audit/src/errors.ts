import { defineErrors } from '@sshmcp/kernel'

/** Codes of the journal. */
export const auditErrors = defineErrors({
  AUDIT_UNAVAILABLE: {
    when: 'an entry could not be made durable, so whatever it was to announce must not happen',
    retry: 'later',
    next: 'Free disk space or repair the audit folder that is named (`sshmcp doctor` looks at both), then call again.',
  },
  AUDIT_CHAIN_BROKEN: {
    when: 'the journal on disk does not continue as it was written; nothing is added to it',
    retry: 'no',
    next: 'Run `sshmcp audit verify`, keep the folder as evidence, and name an empty one with SSH_MCP_AUDIT_LOG_DIR.',
  },
  AUDIT_ROLLED_BACK: {
    when: 'the journal on disk ends before its newest signed checkpoint: entries are missing; nothing is added to it',
    retry: 'no',
    next: 'Run `sshmcp audit verify`, keep the folder as evidence, and name an empty one with SSH_MCP_AUDIT_LOG_DIR.',
  },
  AUDIT_KEY_CHANGED: {
    when: 'the journal on disk was signed with another key than the one in the keys folder; nothing is added to it',
    retry: 'no',
    next: 'Put the old `audit.key` back into the keys folder; or keep the journal as evidence and name an empty folder with SSH_MCP_AUDIT_LOG_DIR.',
  },
  AUDIT_ANCHOR_CONFLICT: {
    when: 'an anchor already holds another checkpoint of the same size: there are two histories',
    retry: 'no',
    next: 'Run `sshmcp audit verify --require anchored` and find out which of the two journals is the true one.',
  },
  AUDIT_EVENT_INVALID: {
    when: 'an event cannot be written down as one line',
    retry: 'no',
    next: 'Report it: the caller of the journal must hand over plain values.',
  },
})
