import { type Html, html, moment, shown } from './html.ts'

/** Rows of `show_hosts`. */
export interface HostRow {
  readonly host_id: string
  readonly hostname: string
  readonly port: number
  readonly ssh_user: string
  readonly labels: Readonly<Record<string, string>>
  readonly description: string
  readonly templates: readonly string[]
}

export interface SessionRow {
  readonly session_id: string
  readonly host_id: string
  readonly alive: boolean
  readonly idle_seconds: number
  readonly uptime_seconds: number
}

export interface JobRow {
  readonly job_id: string
  readonly host_id: string
  readonly template_id: string
  readonly status: string
  readonly started_at: string
  readonly exit_code: number | null
  readonly running_seconds: number
  readonly failure?: string
}

export function hostCard(host: HostRow, readsJournal: boolean): Html {
  const { host_id, hostname, port, ssh_user, labels, description, templates } = host
  const marks = Object.entries(labels)
  return html`<li class="card">
<h2>${shown(host_id)}</h2>
${description === '' ? '' : html`<p>${shown(description)}</p>`}
<p><code class="line">${shown(`${ssh_user}@${hostname}:${port}`)}</code></p>
${marks.length === 0 ? '' : html`<ul class="chips" aria-label="Labels">${marks.map(([key, value]) => html`<li>${shown(`${key}=${value}`)}</li>`)}</ul>`}
<details><summary>${templates.length === 1 ? '1 template' : `${templates.length} templates`} you may run here</summary>
<ul class="plain-list">${templates.map((id) => html`<li><code>${shown(id)}</code></li>`)}</ul></details>
${readsJournal ? html`<p><a href="/activity?host_id=${encodeURIComponent(host_id)}" aria-label="Activity on ${host_id}">Activity</a></p>` : ''}
</li>`
}

export function sessionList(sessions: readonly SessionRow[], most: number): Html {
  if (sessions.length === 0) {
    return html`<p class="empty">None is open. An assistant opens one with <code>ssh_connect</code>; most work needs none.</p>`
  }
  return html`<p class="quiet">${sessions.length} of at most ${most}.</p>
<ul class="cards two">${sessions.map(
    ({ session_id, host_id, alive, idle_seconds, uptime_seconds }) => html`<li class="card">
<h3>${shown(host_id)} <span class="badge ${alive ? 'ok' : 'error'}">${alive ? 'alive' : 'lost'}</span></h3>
<p>Open for ${span(uptime_seconds)}, idle for ${span(idle_seconds)}.</p>
<p class="quiet"><code class="line">${shown(session_id)}</code></p></li>`,
  )}</ul>`
}

export function jobList(jobs: readonly JobRow[]): Html {
  if (jobs.length === 0) {
    return html`<p class="empty">None is running or kept. An assistant starts one with <code>run_ssh_command_background</code>.</p>`
  }
  return html`<ul class="cards two">${jobs.map(
    ({
      job_id,
      host_id,
      template_id,
      status,
      started_at,
      exit_code,
      running_seconds,
      failure,
    }) => html`<li class="card">
<h3>${shown(template_id)} on ${shown(host_id)} <span class="badge ${status}">${status}</span></h3>
<p>Started ${moment(started_at)}, ${status === 'running' ? 'running' : 'ran'} for ${span(running_seconds)}${exit_code === null ? '' : `, exit ${exit_code}`}.</p>
${failure === undefined ? '' : html`<p>${shown(failure)}</p>`}
<p class="quiet"><code class="line">${shown(job_id)}</code></p></li>`,
  )}</ul>`
}

function span(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`
  return `${Math.round(seconds / 3600)} h`
}
