/** What the form of the activity page asks for; empty does not filter. */
export interface ActivityFilter {
  readonly text: string
  readonly user_id: string
  readonly host_id: string
  readonly tool: string
  readonly status: string
  /** As a browser's field for date and time gives it, in UTC. */
  readonly from: string
  readonly to: string
  readonly before: string
}

const names = ['text', 'user_id', 'host_id', 'tool', 'status', 'from', 'to', 'before'] as const

export function filterIn(query: Readonly<Record<string, string>>): ActivityFilter {
  const text = (name: (typeof names)[number]): string => (query[name] ?? '').trim()
  return {
    text: text('text'),
    user_id: text('user_id'),
    host_id: text('host_id'),
    tool: text('tool'),
    status: text('status'),
    from: text('from'),
    to: text('to'),
    before: text('before'),
  }
}

/** The input of `search_journal`. */
export function searchOf({ from, to, before, ...words }: ActivityFilter): Readonly<Record<string, unknown>> {
  return {
    ...words,
    since: instantOf(from),
    until: instantOf(to),
    before_seq: /^\d{1,15}$/.test(before) ? Number(before) : 0,
  }
}

/** The address of the same search, from another place on. */
export function addressOf(filter: ActivityFilter, before: string): string {
  const query = new URLSearchParams()
  for (const name of names) {
    const value = name === 'before' ? before : filter[name]
    if (value !== '') query.set(name, value)
  }
  return query.size === 0 ? '/activity' : `/activity?${query}`
}

export function isNarrowed({ before: _before, ...words }: ActivityFilter): boolean {
  return Object.values(words).some((value) => value !== '')
}

/** A browser's field has no time zone; here it is the journal's. */
function instantOf(local: string): string {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local) ? `${local}Z` : local
}
