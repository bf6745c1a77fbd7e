import type { Hono } from 'hono'
import { type HostRow, hostCard, type JobRow, jobList, type SessionRow, sessionList } from './host-lists.ts'
import { type Html, html } from './html.ts'
import { callAs, type PageDesk, type SignedIn } from './page-desk.ts'
import { problemNote, statusOf } from './problem.ts'
import { respond, respondProblem } from './respond.ts'
import { rowsOf } from './rows.ts'

const place = '/hosts'

/** The hosts of whoever looks, with what they have open and running there. */
export function addHosts(pages: Hono<SignedIn>, desk: PageDesk): void {
  pages.get(place, async (context) => {
    const selector = (context.req.query('labels') ?? '').trim()
    const reply = await callAs(desk, context, 'show_hosts', { label_selector: selector })
    if (!reply.isError) {
      const main = hostsPage(selector, reply.result, context.get('readsJournal'))
      return respond(desk, context, { title: 'Hosts', place }, main)
    }
    if (reply.error.code !== 'INPUT_INVALID') return respondProblem(desk, context, place, reply.error)
    const main = html`<h1>Hosts</h1>${problemNote(reply.error)}${labelForm(selector)}`
    return respond(desk, context, { title: 'Hosts', place, status: statusOf(reply.error) }, main)
  })
}

function hostsPage(selector: string, result: Readonly<Record<string, unknown>>, readsJournal: boolean): Html {
  const hosts = rowsOf<HostRow>(result.hosts)
  return html`<h1>Hosts</h1>
${hosts.length === 0 && selector === '' ? '' : labelForm(selector)}
${hosts.length === 0 ? noHosts(selector) : html`<ul class="cards two">${hosts.map((host) => hostCard(host, readsJournal))}</ul>`}
<section aria-labelledby="sessions"><h2 id="sessions">Your open sessions</h2>
${sessionList(rowsOf<SessionRow>(result.sessions), Number(result.max_sessions))}</section>
<section aria-labelledby="jobs"><h2 id="jobs">Your jobs</h2>${jobList(rowsOf<JobRow>(result.jobs))}</section>`
}

function labelForm(selector: string): Html {
  return html`<form method="get" action="/hosts" class="filters" role="search" aria-label="Filter by labels">
<div class="filters-main"><label for="labels">Labels</label>
<input id="labels" name="labels" type="search" value="${selector}" maxlength="200" placeholder="env=production,role=web" autocapitalize="off" spellcheck="false">
<button type="submit">Filter</button></div></form>`
}

function noHosts(selector: string): Html {
  if (selector !== '') {
    return html`<div class="empty"><p><strong>No host has these labels.</strong></p><p><a href="/hosts">Show all hosts</a>.</p></div>`
  }
  return html`<div class="empty"><p><strong>There is no host for you yet.</strong></p>
<p>On the machine of the server, <code>sshmcp hosts add USER@HOST</code> adds one; or an <code>allowed_roles</code> in
<code>hosts.json</code> leaves your roles out.</p></div>`
}
