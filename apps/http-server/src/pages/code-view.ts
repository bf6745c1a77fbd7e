import { type Html, html, moment } from './html.ts'

interface IssuedCode {
  readonly request_id: string
  readonly code: string
  readonly expires_at: string
}

/** A one-time code, where the person who made it looks, this once. */
export function codeView({ request_id, code, expires_at }: IssuedCode): Html {
  return html`<h1>Your one-time code</h1>
<p class="code"><code>${code}</code></p>
<p>Give it to the person who asked. It approves when they type it into their chat: once, for this request only, until ${moment(expires_at)}.</p>
<p class="note">It is not shown again. Five wrong ones deny the request.</p>
<p><a href="/approvals/${request_id}">Back to the request</a></p>`
}
