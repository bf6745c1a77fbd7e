import type { EntryLine } from './entry-line.ts'

/** What a crash left: bytes that are no entry, closed with a newline and named by the `recover` entry after them. */
export interface VoidLine {
  readonly leaf: string
  readonly bytes: number
}

/** An intent that has no outcome yet. */
export interface PendingIntent {
  readonly seq: number
  readonly writer: string
}

/** The newest signed checkpoint that stands in the chain. */
export interface KnownCheckpoint {
  /** Entries that it covers. */
  readonly size: number
  /** Time of the entry that holds it. */
  readonly time: string
  /** True when it closed its segment. */
  readonly seals: boolean
  /** The signed note over those entries. */
  readonly note: string
  /** Leaf of the entry that holds it. */
  readonly leaf: string
}

/** The chain as it is inside the store's exclusive section. Only true until `commit` returns. */
export interface ChainHead {
  /** Entries so far, which is the next position. */
  readonly size: number
  /** Leaf of the last entry; `genesis` before the first. */
  readonly leaf: string
  /** What stands before the next entry and is not yet recorded. */
  readonly voids: readonly VoidLine[]
  /** The segment that takes the next entry; undefined: a new one must begin. `since` is empty before its header. */
  readonly segment: { readonly name: string; readonly bytes: number; readonly since: string } | undefined
  /** The segment before, for the header of a new one. */
  readonly previous: { readonly name: string; readonly bytes: number; readonly sha256: string } | undefined
  /** By operation_id. */
  readonly pending: ReadonlyMap<string, PendingIntent>
  /** Writers that opened and did not close: their id, and what the store knows them by. */
  readonly writers: ReadonlyMap<string, string>
  readonly checkpoint: KnownCheckpoint | undefined
  /** The note that was published last, as it stood when this process began to read. */
  readonly published: string | undefined
  /** A log of an older format found in the same place, for the very first entry. */
  readonly predecessor: { readonly name: string; readonly bytes: number; readonly sha256: string } | undefined
}

/** Lines to add, and what to publish once they are durable. */
export interface Batch {
  /** Each extends the one before. Empty: nothing is written. */
  readonly lines: readonly EntryLine[]
  /** A signed note over the chain with these lines, to be kept beside the segments. */
  readonly note?: string | undefined
  /** What this journal is: kept behind its first lines, once and for all. Offered again, since a crash may come between. */
  readonly description?: string | undefined
}

/** A file of the journal. */
export interface Segment {
  /** Position of its first entry, twelve digits. */
  readonly name: string
  readonly bytes: number
}

/** Reading the journal, without any lock: what is there up to the last newline is true and stays so. */
export interface AuditSource {
  /** All segments, oldest first; empty when there is no journal. */
  segments(): Promise<readonly Segment[]>
  /** At most `length` bytes from `offset`; fewer at the end of the segment, none behind it. */
  read(segment: string, offset: number, length: number): Promise<Uint8Array>
  /** The newest note that was published; undefined when there never was one. */
  note(): Promise<string | undefined>
  /** What was said of this journal when it began; undefined when there is none. */
  description(): Promise<string | undefined>
}

/**
 * Where the journal lives, written by any number of processes.
 *
 * `commit` runs its sections one after the other, across processes. Each section sees the chain as it then is, whoever
 * wrote it. Implementations promise:
 *
 * - when `commit` resolves, the lines survive the death of the process and, if the disk honours a flush, of the machine;
 * - when it rejects, the chain is still whole: of the lines a beginning may stand there, or a torn piece that the next
 *   section finds in `voids`; nothing is taken back and nothing is tried twice;
 * - a line that does not extend the chain is refused with AUDIT_CHAIN_BROKEN and not written.
 *
 * `commit` may throw AUDIT_CHAIN_BROKEN, AUDIT_ROLLED_BACK or the store's own codes.
 */
export interface AuditStore extends AuditSource {
  /** What this process is known by to others, for `isGone`. */
  readonly identity: string
  /** True only if that process is certainly dead. */
  isGone(identity: string): boolean
  /** `build` is called once, inside the section; it must not wait. */
  commit(build: (head: ChainHead) => Batch): Promise<void>
  /** Ends the use; sections that were asked for are finished first. */
  close(): Promise<void>
}
