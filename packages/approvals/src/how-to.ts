import type { ApprovalView } from './view.ts'

/** One sentence for the person the model works for. Names no command, so that no model runs one. */
export function howToApprove({ mode, requestId, requesterId, typedWord, expiresAt }: ApprovalView): string {
  const who = mode === 'two-party' ? `somebody other than ${requesterId}` : 'a person'
  return (
    `Until ${expiresAt}, ${who} opens the approvals on the page or on a terminal of the server, reads request ${requestId}, ` +
    `and types ${typedWord} to approve it; a one-time code from there may be typed into this chat instead.`
  )
}
