import type { AuditEntry } from './audit-event.ts'
import type { ChainHead, KnownCheckpoint, PendingIntent, VoidLine } from './audit-store.ts'
import { noteIn } from './checkpoint.ts'
import { isRecord, linePrefix, maxLineBytes, parseLine } from './entry-line.ts'
import { auditErrors } from './errors.ts'
import { genesis, leafOf } from './leaf.ts'
import { Ledger } from './ledger.ts'

/** A file that is complete, as the next one names it. */
type FileDigest = { readonly name: string; readonly bytes: number; readonly sha256: string }

/**
 * The chain as far as it has been read: what an `AuditStore` keeps between two sections.
 *
 * Fed with every line in order, it refuses the first that does not follow. After an error it must be thrown away and
 * read again from the disk.
 */
export class ChainState implements ChainHead {
  size = 0
  leaf = genesis
  time = ''
  readonly voids: VoidLine[] = []
  segment: { name: string; bytes: number; since: string } | undefined
  previous: FileDigest | undefined
  checkpoint: KnownCheckpoint | undefined
  predecessor: FileDigest | undefined
  published: string | undefined
  #ledger = new Ledger()

  /**
   * A state that begins at a `checkpoint` entry instead of the first, so that opening does not depend on the length of
   * the journal. That entry is the first to be accepted.
   *
   * @returns undefined when the line is no checkpoint
   */
  static resume(line: Uint8Array, segment: string, offset: number): ChainState | undefined {
    const entry = parseLine(line)
    const prefix = linePrefix(line)
    if (entry?.kind !== 'checkpoint' || prefix === undefined) return undefined
    const detail = isRecord(entry.detail) ? entry.detail : {}
    const state = new ChainState()
    state.size = prefix.seq
    state.leaf = prefix.prev
    state.segment = {
      name: segment,
      bytes: offset,
      since: typeof detail.since === 'string' ? detail.since : entry.time,
    }
    state.#ledger = Ledger.from(entry)
    return state
  }

  get pending(): ReadonlyMap<string, PendingIntent> {
    return this.#ledger.pending
  }

  get writers(): ReadonlyMap<string, string> {
    return this.#ledger.writers
  }

  /**
   * Takes the next line, newline not included.
   *
   * @returns `void` when the bytes are no entry: they count once a `recover` entry names them
   * @throws AUDIT_CHAIN_BROKEN when it is an entry, but not the next one
   */
  accept(line: Uint8Array): 'entry' | 'void' {
    const entry = line.length > maxLineBytes ? undefined : parseLine(line)
    this.#countBytes(line.length)
    if (entry === undefined) {
      this.voids.push({ leaf: leafOf(line), bytes: line.length })
      return 'void'
    }
    this.#mustFollow(entry, linePrefix(line)?.prev)
    this.#settleVoids(entry)
    this.#ledger.follow(entry)
    this.size = entry.seq + 1
    this.leaf = leafOf(line)
    this.time = entry.time
    if (entry.kind === 'segment' && this.segment !== undefined) this.segment.since = entry.time
    if (entry.kind === 'checkpoint') this.#mark(entry)
    return 'entry'
  }

  #countBytes(length: number): void {
    if (this.segment !== undefined) this.segment.bytes += length + 1
  }

  #mustFollow(entry: AuditEntry, prev: string | undefined): void {
    if (entry.seq === this.size && prev === this.leaf) return
    const message = `Entry ${this.size} of the journal is missing or was changed: the next line says ${entry.seq}.`
    throw auditErrors.error('AUDIT_CHAIN_BROKEN', { message })
  }

  #settleVoids(entry: AuditEntry): void {
    if (this.voids.length === 0 || entry.kind === 'segment') return
    if (entry.kind !== 'recover' || !namesVoids(entry, this.voids)) {
      const message = `Before entry ${entry.seq} of the journal stand bytes that are no entry and that nobody recorded.`
      throw auditErrors.error('AUDIT_CHAIN_BROKEN', { message })
    }
    this.voids.length = 0
  }

  #mark(entry: AuditEntry): void {
    const seals = isRecord(entry.detail) && entry.detail.seals === true
    this.checkpoint = { size: entry.seq, time: entry.time, seals, note: noteIn(entry), leaf: this.leaf }
    if (!seals || this.segment === undefined) return
    this.previous = { name: this.segment.name, bytes: this.segment.bytes, sha256: '' }
    this.segment = undefined
  }
}

/** True when a `recover` entry lists exactly these lines. */
export function namesVoids(entry: AuditEntry, voids: readonly VoidLine[]): boolean {
  const listed = isRecord(entry.detail) ? entry.detail.voids : undefined
  if (!Array.isArray(listed) || listed.length !== voids.length) return false
  return voids.every((line, index) => {
    const named: unknown = listed[index]
    return isRecord(named) && named.leaf === line.leaf && named.bytes === line.bytes
  })
}
