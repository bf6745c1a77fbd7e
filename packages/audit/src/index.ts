export type { AuditEntry, AuditEvent, AuditKind, AuditStatus, JsonValue } from './audit-event.ts'
export type {
  AuditSource,
  AuditStore,
  Batch,
  ChainHead,
  KnownCheckpoint,
  PendingIntent,
  Segment,
  VoidLine,
} from './audit-store.ts'
export { canonicalJson } from './canonical-json.ts'
export { ChainState } from './chain-state.ts'
export { maxLineBytes, parseLine } from './entry-line.ts'
export { auditErrors } from './errors.ts'
export { type Journal, type JournalDeps, openJournal } from './journal.ts'
export { genesis, LeafHash, leafOf } from './leaf.ts'
export { type EventFilter, readEvents } from './read-events.ts'
