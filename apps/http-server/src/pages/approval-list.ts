import { type Html, html, moment, shown } from './html.ts'

/** A request as `list_pending_approvals` tells it. */
export interface PendingApproval {
  readonly request_id: string
  readonly action: string
  readonly summary: string
  readonly host_id: string
  readonly requester_id: string
  readonly justification: string
  readonly mode: string
  readonly expires_at: string
  readonly look_closely: readonly string[]
}

/** Who looks. */
interface Looking {
  readonly userId: string
  readonly readsJournal: boolean
}

/** What waits for a decision, oldest first. The script replaces it when the journal says that something changed. */
export function approvalList(pending: readonly PendingApproval[], { userId, readsJournal }: Looking): Html {
  const count = pending.length
  const says = count === 0 ? 'Nothing waits' : count === 1 ? '1 request waits' : `${count} requests wait`
  const state = pending.map(({ request_id }) => request_id).join(' ')
  return html`<h1>Approvals</h1>
<section data-live data-at="/approvals" data-state="${state}" data-says="${says} for a decision." aria-label="Requests that wait">
${count === 0 ? nothingWaits(readsJournal) : html`<ul class="cards">${pending.map((approval) => card(approval, userId))}</ul>`}
</section>
<p class="quiet"><span class="scripted-only">Kept up to date while this page is open.</span>
<span class="unscripted-only">This page does not change by itself: <a href="/approvals">look again</a>.</span></p>`
}

function card(approval: PendingApproval, userId: string): Html {
  const { request_id, action, summary, host_id, requester_id, justification, expires_at, mode, look_closely } = approval
  const isOwn = requester_id === userId
  return html`<li class="card">
<h2><a id="${request_id}" href="/approvals/${request_id}">${shown(action)} on ${shown(host_id)}</a></h2>
<p><code class="line">${shown(withoutHeading(summary, `${action} on ${host_id} `))}</code></p>
${look_closely.length === 0 ? '' : html`<p class="remark"><strong>Look closely:</strong> something in ${look_closely.join(', ')} is easily misread. The request says what.</p>`}
<div class="words"><p class="words-by">${shown(requester_id)} says, in a model’s words as a rule:</p>
<blockquote>${shown(justification)}</blockquote></div>
<p class="quiet">Ends ${moment(expires_at)}<span data-ends="${expires_at}"></span>.
${isOwn && mode === 'two-party' ? html`<span class="badge">asked by you: somebody else decides</span>` : ''}</p>
</li>`
}

/** The summary begins with what the heading says already. */
function withoutHeading(summary: string, heading: string): string {
  return summary.startsWith(heading) ? summary.slice(heading.length) : summary
}

function nothingWaits(readsJournal: boolean): Html {
  return html`<div class="empty">
<p><strong>Nothing waits for a decision.</strong></p>
<p>A request appears here when an assistant wants to do something that needs a person’s yes, such as restarting a service.
${readsJournal ? html`What was decided before stands in the <a href="/activity?text=approval.">activity</a>.` : ''}</p>
</div>`
}
