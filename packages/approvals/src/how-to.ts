import type { ApprovalView } from './view.ts'

/**
 * One sentence for the person the model works for. Names no command, so that no model runs one.
 *
 * @param page the address at which the request is decided, where the server has pages
 */
export function howToApprove(
  { mode, requestId, requesterId, typedWord, expiresAt }: ApprovalView,
  page?: string,
): string {
  const where =
    page === undefined
      ? 'the approvals on the page or on a terminal of the server'
      : `${page} or the approvals on a terminal of the server`
  const who = mode === 'two-party' ? `somebody other than ${requesterId}` : 'a person'
  return (
    `Until ${expiresAt}, ${who} opens ${where}, reads request ${requestId}, ` +
    `and types ${typedWord} to approve it; a one-time code from there may be typed into this chat instead.`
  )
}
