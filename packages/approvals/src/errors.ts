import { defineErrors } from '@sshmcp/kernel'

/** Codes of asking for, giving and using up an approval. */
export const approvalErrors = defineErrors({
  APPROVAL_REQUIRED: {
    when: 'the operation needs an approval and the call names none',
    retry: 'no',
    next: 'Call request_approval with this tool as action and the same arguments. On a terminal `sshmcp run` takes the request_id as --approval.',
  },
  APPROVAL_NOT_NEEDED: {
    when: 'an approval is asked for something that never needs one',
    retry: 'no',
    next: 'Call the tool without approval_request_id.',
  },
  APPROVAL_UNKNOWN: {
    when: 'there is no request with this id, or not for this caller',
    retry: 'no',
    next: 'Use the request_id that request_approval returned (list_pending_approvals shows those that wait), or ask again.',
  },
  APPROVAL_PENDING: {
    when: 'nobody has decided yet',
    retry: 'later',
    next: 'Call request_approval again with the same arguments and wait_seconds; that is how to wait.',
  },
  APPROVAL_DENIED: {
    when: 'a person denied the request; that is final',
    retry: 'no',
    next: 'Read the reason and tell the person you work for; do not ask for the same again.',
  },
  APPROVAL_EXPIRED: {
    when: 'the time to decide and use the approval is over',
    retry: 'no',
    next: 'Ask for a new approval with request_approval.',
  },
  APPROVAL_USED: {
    when: 'the approval was used up by an earlier call; one approval is one execution',
    retry: 'no',
    next: 'Look at what the earlier call did; to run it once more, ask again with request_approval.',
  },
  APPROVAL_OTHER_OPERATION: {
    when: 'the approval is for another operation than this call; the fields that differ are named',
    retry: 'no',
    next: 'Call with exactly the arguments that were approved, or ask for an approval of these with request_approval.',
  },
  APPROVAL_NO_APPROVER: {
    when: 'two people are required and nobody but the requester could decide',
    retry: 'no',
    next: 'A person adds a second identity (`sshmcp identities add NAME --roles operator`), or sets SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL=false and starts the server again.',
  },
  APPROVAL_CONTAINS_SECRET: {
    when: 'the operation contains what looks like a secret, which could neither be shown nor stored',
    retry: 'no',
    next: 'Take the secret out of the field that is named; let the host read it from a file of its own.',
  },
  APPROVAL_LIMIT_REACHED: {
    when: 'the caller has as many requests that no person decided (pending, or denied by wrong codes) as one identity may have',
    retry: 'later',
    next: 'Wait until one is decided or expires (list_pending_approvals shows the pending ones); ask for nothing that is not needed.',
  },
  APPROVAL_OWN_REQUEST: {
    when: 'somebody decides their own request where two people are required',
    retry: 'no',
    next: 'Another person decides, with a token of their own. Whoever works alone sets SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL=false for `sshmcp approvals approve ID` too.',
  },
  APPROVAL_DECIDER_ROLE_MISSING: {
    when: 'the person may not decide this operation: role or access to the host is missing',
    retry: 'no',
    next: 'An admin decides, or an operator who may use the host; `sshmcp identities list` shows who has which role.',
  },
  APPROVAL_CHANNEL_REFUSED: {
    when: "the decision came by the requester's own client where two people are required",
    retry: 'no',
    next: 'Another person decides: `sshmcp approvals approve ID` on a terminal, the approvals page, or a one-time code from one of these.',
  },
  APPROVAL_WORD_WRONG: {
    when: 'the word typed to confirm is not the one asked for; the request stays pending',
    retry: 'yes',
    next: 'Type exactly the word that is shown, after reading the operation.',
  },
  APPROVAL_REASON_MISSING: {
    when: 'a request is denied without a reason',
    retry: 'yes',
    next: 'Say why in one sentence, which the requester reads; on a terminal: `sshmcp approvals deny ID --reason "…"`.',
  },
  APPROVAL_ALREADY_DECIDED: {
    when: 'somebody decided first; the first decision stands',
    retry: 'no',
    next: 'Run `sshmcp approvals show ID`, or open the request on the approvals page, to see who decided what.',
  },
  APPROVAL_CODE_WRONG: {
    when: 'the one-time code is not valid for this request; five wrong ones deny it',
    retry: 'yes',
    next: 'Ask the person who made the code to read it out again; never guess.',
  },
  APPROVAL_CODE_LIMIT_REACHED: {
    when: 'as many codes as one request may have were made for it',
    retry: 'no',
    next: 'Approve without a code: `sshmcp approvals approve ID` on a terminal, or the approvals page.',
  },
  APPROVAL_DECIDER_INVALID: {
    when: 'the person who decided may no longer decide this: revoked, expired, or without the role or the host',
    retry: 'no',
    next: 'Ask again with request_approval; somebody who may decide now has to.',
  },
  APPROVAL_DAMAGED: {
    when: 'what is stored of the request is damaged or was edited; such a request is never an approval',
    retry: 'no',
    next: 'Ask again with request_approval, and tell whoever runs the server that a file in the approvals folder was changed.',
  },
  APPROVAL_STORE_UNAVAILABLE: {
    when: 'the store of approvals could not be read or written; nothing was decided or run',
    retry: 'later',
    next: 'A person looks at disk and permissions of the approvals folder (`sshmcp doctor` names it); then call again.',
  },
})

/** A code of {@link approvalErrors}. */
export type ApprovalCode = keyof typeof approvalErrors.table
