import type { AuditEntry } from './audit-event.ts'
import type { AuditSource } from './audit-store.ts'
import { type EventFilter, readEvents } from './read-events.ts'
import { verifyChain } from './verify-chain.ts'
import type { VerifyOptions } from './verify-options.ts'
import type { VerifyReport } from './verify-report.ts'

/** Entries, and what can be said of the stretch of the journal they stand in. */
export interface VerifiedEvents {
  /** Newest last. */
  readonly events: readonly AuditEntry[]
  /** Looked at from `fromSeq` to the end; everything that was returned lies in between. */
  readonly report: VerifyReport
}

/** `readEvents`, and a verification from the newest checkpoint before the oldest of them to the end of the journal. */
export async function readVerifiedEvents(
  source: AuditSource,
  filter: EventFilter & { readonly lastN: number },
  options: VerifyOptions,
): Promise<VerifiedEvents> {
  const events = await readEvents(source, filter)
  const fromSeq = events[0]?.seq ?? Number.MAX_SAFE_INTEGER
  return { events, report: await verifyChain(source, { ...options, fromSeq }) }
}
