import type { AuditEntry } from './audit-event.ts'
import type { AuditSource } from './audit-store.ts'
import { parseLine } from './entry-line.ts'
import { Ledger } from './ledger.ts'
import { linesBackward, linesForward } from './lines.ts'

/** An operation whose end nobody saw: it may have happened, whole or in part, or not at all. */
export interface UnknownOutcome {
  readonly operationId: string
  /** Position of its intent. */
  readonly seq: number
  /** True when it is recorded as `orphaned`; false when the next start will do that, or when it still runs. */
  readonly isRecorded: boolean
}

/**
 * Intents without an outcome, oldest first: those recorded as orphaned among the newest `lookBack` entries, and those
 * that are open now. An open one whose process lives is simply under way.
 *
 * @param isGone what the store says of a writer's identity
 */
export async function unknownOutcomes(
  source: AuditSource,
  isGone: (identity: string) => boolean,
  lookBack = 100_000,
): Promise<readonly UnknownOutcome[]> {
  const found = await recorded(source, lookBack)
  const ledger = await openNow(source)
  for (const [operationId, { seq, writer }] of ledger.pending) {
    const identity = ledger.writers.get(writer)
    if (identity === undefined || isGone(identity)) found.push({ operationId, seq, isRecorded: false })
  }
  return found.sort((a, b) => a.seq - b.seq)
}

async function recorded(source: AuditSource, lookBack: number): Promise<UnknownOutcome[]> {
  const found: UnknownOutcome[] = []
  const needle = Buffer.from('"kind":"orphaned"')
  let seen = 0
  for await (const { line } of linesBackward(source)) {
    seen += 1
    if (seen > lookBack) break
    const entry = line.includes(needle) ? parseLine(line) : undefined
    if (entry?.kind !== 'orphaned' || entry.operation_id === undefined) continue
    found.push({ operationId: entry.operation_id, seq: intentOf(entry), isRecorded: true })
  }
  return found
}

function intentOf(entry: AuditEntry): number {
  const { detail } = entry
  const isObject = typeof detail === 'object' && detail !== null && 'intent' in detail
  return isObject && typeof detail.intent === 'number' ? detail.intent : entry.seq
}

async function openNow(source: AuditSource): Promise<Ledger> {
  let ledger = new Ledger()
  let from: { readonly segment: string; readonly offset: number } | undefined
  for await (const { line, segment, offset } of linesBackward(source)) {
    const entry = parseLine(line)
    if (entry?.kind !== 'checkpoint') continue
    ledger = Ledger.from(entry)
    from = { segment, offset }
    break
  }
  const lines: AsyncIterable<{ readonly line: Buffer }> = linesForward(source, from)
  for await (const { line } of lines) {
    const entry = parseLine(line)
    if (entry !== undefined) ledger.follow(entry)
  }
  return ledger
}
