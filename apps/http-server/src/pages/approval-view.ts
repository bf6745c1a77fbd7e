import type { ApprovalDetails, ApprovalVisit, ShownValue } from './approval-details.ts'
import { approveForm, denyForm } from './approval-forms.ts'
import { type Html, html, moment, shown } from './html.ts'

export function approvalView(approval: ApprovalDetails, visit: ApprovalVisit): Html {
  const { request_id, action, host_id, status, expires_at, operation, words, circumstances, requester_id } = approval
  return html`<p><a href="/approvals">All approvals</a></p>
<section data-live data-at="/approvals/${request_id}" data-state="${status}" data-says="This request is ${status}." aria-label="The request">
<h1>${shown(action)} on ${shown(host_id)} <span class="badge ${status}">${status}</span></h1>
${status === 'pending' ? html`<p class="quiet">Asked by ${shown(requester_id)}. Ends ${moment(expires_at)}<span data-ends="${expires_at}"></span>.</p>` : ''}
${status === 'pending' ? '' : outcome(approval, visit)}
<section class="card" aria-labelledby="exactly">
<h2 id="exactly">${isAhead(status) ? 'What will happen, exactly' : 'What was asked for, exactly'}</h2>
<p class="quiet">Made by the server from what ${isAhead(status) ? 'will' : 'was to'} run, and from nothing else.</p>
${values(commandFirst(operation))}
</section>
<section class="words" aria-labelledby="words">
<h2 id="words">What the requester says</h2>
<p class="quiet">Written by a model as a rule. Nobody checked it: it may be wrong, or meant to persuade.</p>
${values(words)}
</section>
${status === 'pending' ? decision(approval, visit) : ''}
<details class="card"><summary>About the request</summary>${values(circumstances)}</details>
</section>`
}

function decision(approval: ApprovalDetails, visit: ApprovalVisit): Html {
  if (approval.mode === 'two-party' && approval.requester_id === visit.userId) {
    return html`<p class="note">You asked for this, so somebody else decides it: on this page, or on a terminal with
<code>sshmcp approvals approve ${approval.request_id}</code>.</p>`
  }
  return html`<div class="decide">${approveForm(approval, visit)}${denyForm(approval, visit)}</div>`
}

/** How it stands now, and who decided it why: what somebody who comes back looks for. */
function outcome({ request_id, status, circumstances }: ApprovalDetails, { readsJournal }: ApprovalVisit): Html {
  const decided = circumstances.filter(({ label }) => label === 'Decision' || label === 'Because')
  return html`<div class="note" role="status"><p><strong>${whatNow[status] ?? `It is ${status}.`}</strong>
${status === 'used' && readsJournal ? html`What came of it stands in the <a href="/activity?text=${request_id}">activity</a>.` : ''}</p>
${decided.length === 0 ? '' : values(decided)}</div>`
}

const isAhead = (status: string): boolean => status === 'pending' || status === 'approved'

const whatNow: Readonly<Record<string, string>> = {
  approved: 'It is approved: it runs once, when the requester calls the tool again. There is nothing more to do here.',
  denied: 'It is denied, and that is final.',
  expired: 'It was not decided and used in time. If it is still wanted, it has to be asked for again.',
  used: 'It was approved and has been used.',
}

/** What a person has to read first comes first. */
function commandFirst(operation: readonly ShownValue[]): readonly ShownValue[] {
  const isCommand = ({ label }: ShownValue): boolean => label === 'Command'
  return [...operation.filter(isCommand), ...operation.filter((value) => !isCommand(value))]
}

function values(all: readonly ShownValue[]): Html {
  return html`<dl class="values">${all.map(
    ({ label, text, remarks }) => html`<div><dt>${label}</dt><dd>
${text === '' ? html`<span class="quiet">nothing</span>` : html`<code class="value" dir="ltr">${text}</code>`}
${remarks.filter((remark) => remark !== 'is empty').map((remark) => html`<p class="remark"><strong>Look closely:</strong> ${remark}.</p>`)}
</dd></div>`,
  )}</dl>`
}
