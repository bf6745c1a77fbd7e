import type { ApprovalDetails, ApprovalVisit } from './approval-details.ts'
import { type Html, html, shown } from './html.ts'
import { problemNote } from './problem.ts'

/** Approving wants the word typed: a click alone approves nothing. */
export function approveForm({ request_id, typed_word }: ApprovalDetails, { formToken, problem }: ApprovalVisit): Html {
  const wrong = problem?.at === 'approve' ? problem.what : undefined
  return html`<form method="post" action="/approvals/${request_id}/approve" class="card stack" aria-labelledby="approve-title">
<h2 id="approve-title">Approve</h2>
${wrong === undefined ? '' : problemNote(wrong, 'approve-problem')}
<input type="hidden" name="form_token" value="${formToken}">
<label for="typed_word">Type <code>${shown(typed_word)}</code> to approve exactly this, once</label>
<input id="typed_word" name="typed_word" required autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false"
 ${wrong === undefined ? '' : html`aria-invalid="true" aria-describedby="approve-problem" autofocus`}>
<div class="actions">
<button type="submit" name="how" value="now">Approve</button>
<button type="submit" name="how" value="code" class="second" aria-describedby="code-help">Make a one-time code</button>
</div>
<p class="quiet" id="code-help">A code approves when the requester types it into their chat. It is shown once.</p>
</form>`
}

/** Denying wants a reason: the requester is told. */
export function denyForm({ request_id }: ApprovalDetails, { formToken, problem }: ApprovalVisit): Html {
  const wrong = problem?.at === 'deny' ? problem.what : undefined
  return html`<form method="post" action="/approvals/${request_id}/deny" class="card stack" aria-labelledby="deny-title">
<h2 id="deny-title">Deny</h2>
${wrong === undefined ? '' : problemNote(wrong, 'deny-problem')}
<input type="hidden" name="form_token" value="${formToken}">
<label for="reason">Why not? The requester reads this</label>
<textarea id="reason" name="reason" rows="2" required maxlength="1000"
 ${wrong === undefined ? '' : html`aria-invalid="true" aria-describedby="deny-problem" autofocus`}></textarea>
<div class="actions"><button type="submit" class="second danger">Deny, for good</button></div>
</form>`
}
