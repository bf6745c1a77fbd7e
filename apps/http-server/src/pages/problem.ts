import { printable } from '@sshmcp/kernel'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type Html, html } from './html.ts'

/** A refusal or failure as the road tells it. */
export interface Problem {
  readonly code: string
  readonly message: string
  readonly next: string
}

/** What an HTTP client is told. Whatever is not for this person is simply not there. */
export function statusOf({ code }: Problem): ContentfulStatusCode {
  if (code === 'APPROVAL_UNKNOWN') return 404
  if (code === 'APPROVAL_WORD_WRONG' || code === 'APPROVAL_REASON_MISSING' || code === 'INPUT_INVALID') return 422
  if (code === 'APPROVAL_OWN_REQUEST' || code === 'APPROVAL_DECIDER_ROLE_MISSING' || code.startsWith('POLICY_')) {
    return 403
  }
  if (code.startsWith('APPROVAL_') && code !== 'APPROVAL_STORE_UNAVAILABLE') return 409
  if (code.startsWith('LIMIT_')) return 429
  return 500
}

/** Where what to do is another thing for a person at a page than for the assistant that the road tells it. */
const nextForPeople: Readonly<Record<string, string>> = {
  POLICY_ROLE_MISSING: 'Ask whoever keeps the identities of this server for a role that may.',
  APPROVAL_UNKNOWN: 'Perhaps the address is cut short, or the request is about hosts that are not yours.',
}

/** What went wrong and what to do, where the person looks. */
export function problemNote({ code, message, next: nextOnRoad }: Problem, id = 'problem'): Html {
  const next = nextForPeople[code] ?? nextOnRoad
  return html`<div class="note bad" role="alert" id="${id}">
<p><strong>${printable(message)}</strong></p>
<p>${printable(next)}</p>
<p class="quiet"><code>${code}</code></p>
</div>`
}
