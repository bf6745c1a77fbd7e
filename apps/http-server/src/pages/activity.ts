import type { Hono } from 'hono'
import { type ActivityEntry, activityEntry } from './activity-entry.ts'
import { type ActivityFilter, addressOf, filterIn, isNarrowed, searchOf } from './activity-filter.ts'
import { chainStatus, type Verified } from './chain-status.ts'
import { type Html, html } from './html.ts'
import { callAs, type PageDesk, type SignedIn } from './page-desk.ts'
import { problemNote, statusOf } from './problem.ts'
import { respond, respondProblem } from './respond.ts'
import { rowsOf } from './rows.ts'

const place = '/activity'
const statuses = ['ok', 'error', 'denied', 'timeout', 'cancelled', 'unknown']

/** The journal, page by page from its end. Looking is itself written down. */
export function addActivity(pages: Hono<SignedIn>, desk: PageDesk): void {
  pages.get(place, async (context) => {
    const filter = filterIn(context.req.query())
    const reply = await callAs(desk, context, 'search_journal', searchOf(filter))
    if (!reply.isError) return respond(desk, context, { title: 'Activity', place }, activityPage(filter, reply.result))
    if (reply.error.code !== 'INPUT_INVALID') return respondProblem(desk, context, place, reply.error)
    const main = html`<h1>Activity</h1>${problemNote(reply.error)}${filterForm(filter)}`
    return respond(desk, context, { title: 'Activity', place, status: statusOf(reply.error) }, main)
  })
}

function activityPage(filter: ActivityFilter, result: Readonly<Record<string, unknown>>): Html {
  const entries = rowsOf<ActivityEntry>(result.events)
  const { next_before_seq: older } = result
  return html`<h1>Activity</h1>
${chainStatus(verifiedIn(result.verified))}
${filterForm(filter)}
${entries.length === 0 ? nothingFound(filter) : html`<ol class="entries" aria-label="Entries, newest first">${entries.map(activityEntry)}</ol>`}
<nav class="pager" aria-label="Pages of the journal">
${filter.before === '' ? '' : html`<a href="${addressOf(filter, '')}">Newest entries</a>`}
${typeof older === 'number' ? html`<a rel="next" href="${addressOf(filter, String(older))}">Older entries</a>` : ''}
</nav>`
}

function verifiedIn(value: unknown): Verified {
  const record: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {}
  return { from_seq: Number(record.from_seq), to_seq: Number(record.to_seq), verdict: String(record.verdict) }
}

function filterForm(filter: ActivityFilter): Html {
  const isOpen = isNarrowed(filter)
  const field = (name: 'user_id' | 'host_id' | 'tool', label: string): Html =>
    html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${filter[name]}" maxlength="200" autocapitalize="off" spellcheck="false"></div>`
  const time = (name: 'from' | 'to', label: string): Html =>
    html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" type="datetime-local" value="${filter[name]}"></div>`
  const option = (value: string): Html =>
    html`<option value="${value}" ${value === filter.status ? html`selected` : ''}>${value}</option>`
  return html`<form method="get" action="/activity" class="filters" role="search" aria-label="Search the journal">
<div class="filters-main"><label for="text">Find</label>
<input id="text" name="text" type="search" value="${filter.text}" maxlength="200" placeholder="A command, an id, any piece of text">
<button type="submit">Search</button></div>
<details ${isOpen ? html`open` : ''}><summary>Filters</summary><div class="grid">
${field('user_id', 'User')}${field('host_id', 'Host')}${field('tool', 'Tool')}
<div><label for="status">How it ended</label><select id="status" name="status"><option value="">any way</option>${statuses.map(option)}</select></div>
${time('from', 'From (UTC)')}${time('to', 'To (UTC)')}
</div></details>
${isOpen ? html`<p><a href="/activity">Clear all filters</a></p>` : ''}
</form>`
}

function nothingFound(filter: ActivityFilter): Html {
  return isNarrowed(filter)
    ? html`<div class="empty"><p><strong>No entry is like that.</strong></p>
<p>Text has to match exactly as it stands in the journal. <a href="/activity">Look at all entries</a>.</p></div>`
    : html`<div class="empty"><p><strong>There is nothing older.</strong></p><p><a href="/activity">Go to the newest entries</a>.</p></div>`
}
