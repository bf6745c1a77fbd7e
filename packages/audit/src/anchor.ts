import type { AuditSource } from './audit-store.ts'
import { claimedCheckpoint } from './checkpoint.ts'

/** A note that is kept elsewhere. */
export interface AnchoredNote {
  readonly note: string
  /** RFC 3339: when it was put there, as far as the place knows. */
  readonly time: string
}

/**
 * A place outside of the audit folder that keeps checkpoints, each under its size, and never changes one.
 *
 * Everything may fail: a place elsewhere may be away. Errors pass to the caller.
 */
export interface Anchor {
  /** For people: which place this is. */
  readonly name: string
  /** Sizes that are kept, smallest first. Empty: none, or the place was never used. */
  sizes(): Promise<readonly number[]>
  /** The note under a size; undefined when there is none. */
  read(size: number): Promise<AnchoredNote | undefined>
  /** Keeps a note. Resolves once it is durable; again with the same note is no error. @throws AUDIT_ANCHOR_CONFLICT */
  publish(size: number, note: string): Promise<void>
}

/** How far an anchor is behind. */
export interface AnchorLag {
  readonly anchor: string
  /** Entries under the newest checkpoint of the journal. */
  readonly checkpointSize: number
  /** Entries under the newest anchored one. */
  readonly anchoredSize: number
  /** When that was made; undefined when nothing is anchored. */
  readonly anchoredAt: string | undefined
}

/** Compares a journal's newest checkpoint with what an anchor holds. */
export async function anchorLag(source: AuditSource, anchor: Anchor): Promise<AnchorLag> {
  const note = await source.note()
  const checkpointSize = note === undefined ? 0 : (claimedCheckpoint(note)?.size ?? 0)
  const anchoredSize = (await anchor.sizes()).at(-1) ?? 0
  const anchored = anchoredSize === 0 ? undefined : await anchor.read(anchoredSize)
  return { anchor: anchor.name, checkpointSize, anchoredSize, anchoredAt: anchored?.time }
}

/**
 * Copies the newest checkpoint to an anchor, if the anchor does not have it.
 *
 * The queue is the `checkpoint` file: what could not be copied yet is copied later, and the newest covers all before.
 *
 * @returns true when something was copied
 */
export async function publishNewest(source: AuditSource, anchor: Anchor): Promise<boolean> {
  const note = await source.note()
  const size = note === undefined ? 0 : (claimedCheckpoint(note)?.size ?? 0)
  if (note === undefined || size === 0) return false
  if ((await anchor.read(size))?.note === note) return false
  await anchor.publish(size, note)
  return true
}
