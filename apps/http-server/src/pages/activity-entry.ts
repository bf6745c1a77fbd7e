import { type Html, html, moment, shown } from './html.ts'

/** An entry as `search_journal` tells it. */
export interface ActivityEntry {
  readonly seq: number
  readonly time: string
  readonly kind: string
  readonly user_id?: string
  readonly client?: unknown
  readonly tool?: string
  readonly host_id?: string
  readonly template_id?: string
  readonly command?: string
  readonly status?: string
  readonly code?: string
  readonly exit_code?: number | null
  readonly operation_id?: string
  readonly approval_request_id?: string
  readonly detail?: unknown
  readonly untrusted?: unknown
}

const kinds: Readonly<Record<string, string>> = {
  intent: 'is about to run',
  outcome: 'ran',
  decision: 'was refused',
  read: 'looked at',
  change: 'changed the set-up',
  'approval.requested': 'asked for an approval of',
  'approval.decided': 'decided about',
  'approval.spent': 'used an approval of',
  config: 'configuration read',
  open: 'writer started',
  close: 'writer stopped',
  recover: 'a torn entry was closed',
  orphaned: 'nobody saw the end of',
}

/** One entry: who did what where and how it ended; everything else one step further. */
export function activityEntry(entry: ActivityEntry): Html {
  const { seq, time, kind, user_id, tool, host_id, command, untrusted } = entry
  return html`<li class="entry">
<details><summary class="entry-head"><span class="quiet">${moment(time)}</span>
<span>${user_id === undefined ? '' : html`<strong>${shown(user_id)}</strong> `}${kinds[kind] ?? shown(kind)}
${tool === undefined ? '' : html` <span class="tool">${shown(tool)}</span>`}${host_id === undefined ? '' : html` on <span class="tool">${shown(host_id)}</span>`}</span>
${ending(entry)} <span class="entry-number">Entry ${seq}</span></summary><dl class="values">${facts(entry)}</dl></details>
${command === undefined ? '' : html`<p><code class="line">${shown(command)}</code></p>`}
${untrusted === undefined ? '' : html`<div class="words"><p class="words-by">Words of others, not checked:</p>${pairs(untrusted)}</div>`}
</li>`
}

function ending({ status, code, exit_code }: ActivityEntry): Html | string {
  if (status === undefined) return ''
  const exit = typeof exit_code === 'number' ? `, exit ${exit_code}` : ''
  return html`<span class="badge ${/^[a-z]+$/.test(status) ? status : ''}">${shown(status)}${exit}</span>${code === undefined ? '' : html` <code class="quiet">${shown(code)}</code>`}`
}

function facts(entry: ActivityEntry): readonly Html[] {
  const { kind, template_id, operation_id, approval_request_id: approval, client, detail } = entry
  const rows = [
    ['Kind', kind],
    ['Template', template_id],
    ['Operation', operation_id],
    ['Client', client === undefined ? undefined : JSON.stringify(client)],
    ['Detail', detail === undefined ? undefined : JSON.stringify(detail, null, 1)],
  ] as const
  const plain = rows.flatMap(([label, value]) => (value === undefined ? [] : [fact(label, shownLines(value))]))
  if (approval === undefined || !/^[A-Za-z0-9_]+$/.test(approval)) return plain
  return [...plain, fact('Approval', html`<a href="/approvals/${approval}">${approval}</a>`)]
}

function fact(label: string, value: Html): Html {
  return html`<div><dt>${label}</dt><dd>${value}</dd></div>`
}

/** Line breaks that we made stay; what a value holds is shown as everywhere. */
function shownLines(text: string): Html {
  return html`<code class="value">${text.split('\n').map((line, at) => html`${at === 0 ? '' : '\n'}${shown(line)}`)}</code>`
}

function pairs(value: unknown): Html {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [['said', value]]
  return html`<dl class="values">${entries
    .filter(([, words]) => words !== '')
    .map(([label, words]) =>
      fact(String(label).replaceAll('_', ' '), shown(typeof words === 'string' ? words : JSON.stringify(words))),
    )}</dl>`
}
