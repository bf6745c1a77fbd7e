import { setTimeout as sleep } from 'node:timers/promises'
import type { AuditEntry } from './audit-event.ts'
import type { AuditSource } from './audit-store.ts'
import { linesForward, type PlacedLine, type Position } from './lines.ts'
import { type EventFilter, matcher } from './read-events.ts'

/** How to wait for new entries. */
export interface FollowOptions {
  readonly filter?: EventFilter | undefined
  /** Looks at the journal this often. */
  readonly everyMs?: number | undefined
  /** Ends the following. */
  readonly signal: AbortSignal
}

/** Entries that are added from now on, as they come, until the signal. Never shows half an entry. */
export async function* followEvents(source: AuditSource, options: FollowOptions): AsyncGenerator<AuditEntry> {
  const wants = matcher(options.filter ?? {})
  let position = await endOf(source)
  while (!options.signal.aborted) {
    const lines = linesForward(source, position)
    let step = await lines.next()
    for (; !step.done; step = await lines.next()) {
      const entry = wants(step.value.line)
      if (entry !== undefined) yield entry
      if (options.signal.aborted) return
    }
    position = step.value ?? position
    await sleep(options.everyMs ?? 250, undefined, { signal: options.signal }).catch(() => {})
  }
}

/** Behind the last whole line. */
async function endOf(source: AuditSource): Promise<Position | undefined> {
  const last = (await source.segments()).at(-1)
  if (last === undefined) return undefined
  const piece = await source.read(last.name, Math.max(0, last.bytes - 131_072), 131_072)
  const torn = piece.length - 1 - piece.lastIndexOf(0x0a)
  return { segment: last.name, offset: Math.max(0, last.bytes - torn) }
}

/** All entries that match, oldest first, whatever the length of the journal. For exports. */
export async function* eventsForward(source: AuditSource, filter: EventFilter = {}): AsyncGenerator<AuditEntry> {
  const wants = matcher(filter)
  const lines: AsyncIterable<PlacedLine> = linesForward(source)
  for await (const { line } of lines) {
    const entry = wants(line)
    if (entry !== undefined) yield entry
  }
}
