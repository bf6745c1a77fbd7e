export { type Anchor, type AnchoredNote, type AnchorLag, anchorLag, publishNewest } from './anchor.ts'
export { type Anchoring, type AnchoringDeps, startAnchoring } from './anchoring.ts'
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
export { type Checkpoint, claimedCheckpoint } from './checkpoint.ts'
export { defaultLimits, type JournalLimits } from './composer.ts'
export { type EntryLine, parseLine } from './entry-line.ts'
export { auditErrors } from './errors.ts'
export { maxLineBytes } from './fitted-event.ts'
export { eventsForward, type FollowOptions, followEvents } from './follow.ts'
export { type Journal, type JournalDeps, openJournal } from './journal.ts'
export { genesis, LeafHash, leafOf } from './leaf.ts'
export { linesBackward, linesForward, type PlacedLine, type Position } from './lines.ts'
export { type EventFilter, eventsBackward, readEvents } from './read-events.ts'
export {
  formatSigner,
  type NoteSigner,
  type NoteVerifier,
  noteSigner,
  openNote,
  parseSigner,
  parseVerifier,
} from './signed-note.ts'
export { type UnknownOutcome, unknownOutcomes } from './unknown-outcomes.ts'
export { readVerifiedEvents, type VerifiedEvents } from './verified-events.ts'
export { verifyChain } from './verify-chain.ts'
export type { VerifyOptions } from './verify-options.ts'
export {
  describeReport,
  type FirstBad,
  type TrustLevel,
  trustLevels,
  type Verdict,
  type VerifyReport,
} from './verify-report.ts'
