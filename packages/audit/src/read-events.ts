import type { AuditEntry, AuditKind, AuditStatus } from './audit-event.ts'
import type { AuditSource } from './audit-store.ts'
import { linePrefix, parseLine } from './entry-line.ts'
import { linesBackward } from './lines.ts'

/** Which entries are wanted. Everything given must hold. */
export interface EventFilter {
  readonly hostId?: string | undefined
  readonly userId?: string | undefined
  readonly tool?: string | undefined
  readonly status?: AuditStatus | undefined
  readonly operationId?: string | undefined
  /** RFC 3339; the entry's time is at or after it. */
  readonly since?: string | undefined
  /** RFC 3339; the entry's time is at or before it. */
  readonly until?: string | undefined
  /** A piece of text, anywhere in the entry, as it stands in the file. */
  readonly text?: string | undefined
  /** Only entries before this position: the next page of a list that is read from the end. */
  readonly beforeSeq?: number | undefined
  /** All but `checkpoint` and `segment`, which only say how the journal is kept, if left out. */
  readonly kinds?: readonly AuditKind[] | undefined
}

/** Entries older than `since` in a row after which nothing newer is expected: clocks jump, but rarely for this long. */
const patience = 4_096

/** The newest entries that match, newest first, for as long as the caller wants more. Constant memory, no lock. */
export async function* eventsBackward(source: AuditSource, filter: EventFilter): AsyncGenerator<AuditEntry> {
  const wants = matcher(filter)
  const since = filter.since === undefined ? undefined : instant(filter.since)
  let tooOld = 0
  for await (const { line } of linesBackward(source)) {
    if (since !== undefined) {
      const prefix = linePrefix(line)
      tooOld = prefix !== undefined && prefix.time < since ? tooOld + 1 : 0
      if (tooOld > patience) return
    }
    const entry = wants(line)
    if (entry !== undefined) yield entry
  }
}

/** The last `lastN` entries that match, newest last. Reads from the end; memory grows with `lastN` only. */
export async function readEvents(
  source: AuditSource,
  filter: EventFilter & { readonly lastN: number },
): Promise<readonly AuditEntry[]> {
  const found: AuditEntry[] = []
  if (filter.lastN <= 0) return found
  for await (const entry of eventsBackward(source, filter)) {
    found.push(entry)
    if (found.length >= filter.lastN) break
  }
  return found.reverse()
}

/** A test for lines: looks for raw bytes first and parses only what may match. */
export function matcher(filter: EventFilter): (line: Buffer) => AuditEntry | undefined {
  const members = [
    ['host_id', filter.hostId],
    ['user_id', filter.userId],
    ['tool', filter.tool],
    ['status', filter.status],
    ['operation_id', filter.operationId],
  ] as const
  const asked = members.filter(([, value]) => value !== undefined)
  const needles = asked.map(([key, value]) => Buffer.from(`${JSON.stringify(key)}:${JSON.stringify(value)}`))
  if (filter.text !== undefined) needles.push(Buffer.from(filter.text))
  const since = filter.since === undefined ? undefined : instant(filter.since)
  const until = filter.until === undefined ? undefined : instant(filter.until)
  const { beforeSeq = Number.MAX_SAFE_INTEGER } = filter
  return (line) => {
    if ((linePrefix(line)?.seq ?? 0) >= beforeSeq) return undefined
    if (!needles.every((needle) => line.includes(needle))) return undefined
    const entry = parseLine(line)
    if (entry === undefined || !isWantedKind(entry.kind, filter.kinds)) return undefined
    if (since !== undefined && entry.time < since) return undefined
    if (until !== undefined && entry.time > until) return undefined
    return asked.every(([key, value]) => entry[key] === value) ? entry : undefined
  }
}

function isWantedKind(kind: AuditKind, kinds: EventFilter['kinds']): boolean {
  return kinds === undefined ? kind !== 'checkpoint' && kind !== 'segment' : kinds.includes(kind)
}

/** Any RFC 3339 time in the form that entries have, so that text order is time order. */
function instant(time: string): string {
  const parsed = new Date(time)
  return Number.isNaN(parsed.getTime()) ? time : parsed.toISOString()
}
