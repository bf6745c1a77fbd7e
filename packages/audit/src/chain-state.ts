import type { AuditEntry } from './audit-event.ts'
import type { ChainHead, KnownCheckpoint, PendingIntent, VoidLine } from './audit-store.ts'
import { noteIn } from './checkpoint.ts'
import { EntryLine, isRecord, parseLine } from './entry-line.ts'
import { auditErrors } from './errors.ts'
import { ExpectedLine } from './expected-line.ts'
import { maxLineBytes } from './fitted-event.ts'
import { LateLedger } from './late-ledger.ts'
import { genesis, leafOf } from './leaf.ts'
import { Ledger } from './ledger.ts'

/** A file that is complete, as the next one names it. */
type FileDigest = { readonly name: string; readonly bytes: number; readonly sha256: string }

/**
 * The chain as far as it has been read: what an `AuditStore` keeps between two sections.
 *
 * Fed with every line in order, it refuses the first that does not follow. After an error it must be thrown away and
 * read again from the disk. Which segment a line is in is the store's to say, by {@link segment}; an example is in the README.
 */
export class ChainState implements ChainHead {
  size = 0
  leaf = genesis
  readonly voids: VoidLine[] = []
  /**
   * Set by the store to `{ name, bytes: 0, since: '' }` before the first line of each segment; the rest is kept up here. Undefined
   * behind a checkpoint that seals, and at the beginning: the next line begins a segment, named by `size` in twelve digits.
   */
  segment: { name: string; bytes: number; since: string } | undefined
  previous: FileDigest | undefined
  checkpoint: KnownCheckpoint | undefined
  predecessor: FileDigest | undefined
  /** Set by the store to the newest note, before `build` sees the chain. */
  published: string | undefined
  #ledger = new LateLedger()
  readonly #expected = new ExpectedLine()
  /** The last line and the leaf before it, when only its beginning was looked at: it may be torn behind that. */
  #unproven: { readonly line: Buffer; readonly before: string } | undefined

  constructor() {
    this.#move(0, genesis)
  }

  /**
   * A state that begins at a `checkpoint` entry instead of the first, so that opening does not depend on the length of
   * the journal. That entry is the first to be accepted.
   *
   * @returns undefined when the line is no checkpoint
   */
  static resume(line: Buffer, segment: string, offset: number): ChainState | undefined {
    const read = EntryLine.parse(line)
    if (read?.entry.kind !== 'checkpoint') return undefined
    const { entry, prev } = read
    const since = isRecord(entry.detail) && typeof entry.detail.since === 'string' ? entry.detail.since : entry.time
    const state = new ChainState()
    state.#move(entry.seq, prev)
    state.segment = { name: segment, bytes: offset, since }
    state.#ledger = new LateLedger(Ledger.from(entry))
    return state
  }

  get pending(): ReadonlyMap<string, PendingIntent> {
    return this.#ledger.read().pending
  }

  get writers(): ReadonlyMap<string, string> {
    return this.#ledger.read().writers
  }

  /**
   * Takes the next line that stands on the disk, newline not included. Bytes that are no entry count as void once a
   * `recover` entry names them. When there are no more lines for now, call `settle`.
   *
   * Most lines are hashed and their beginning compared with what it has to be, not parsed: that is what processes do
   * with each other's lines.
   *
   * @throws AUDIT_CHAIN_BROKEN when it is an entry, but not the next one
   */
  accept(bytes: Buffer): void {
    this.#countBytes(bytes.length)
    if (this.#isPlain(bytes)) {
      this.#unproven = { line: bytes, before: this.leaf }
      this.#ledger.follow(bytes)
      this.#move(this.size + 1, leafOf(bytes))
      return
    }
    const line = EntryLine.parse(bytes)
    if (line === undefined || !this.#isNext(line)) this.settle()
    if (line === undefined) this.voids.push({ leaf: leafOf(bytes), bytes: bytes.length })
    else this.#take(line)
  }

  /** Looks whether the last line is whole. Of those before, the line behind each says so. */
  settle(): void {
    const last = this.#unproven
    this.#unproven = undefined
    if (last === undefined || parseLine(last.line) !== undefined) return
    this.voids.push({ leaf: this.leaf, bytes: last.line.length })
    this.#move(this.size - 1, last.before)
  }

  /**
   * Takes the next line, made by this process.
   *
   * @throws AUDIT_CHAIN_BROKEN when it does not follow
   */
  extend(line: EntryLine): void {
    this.#countBytes(line.bytes.length)
    this.#take(line)
  }

  #take(line: EntryLine): void {
    const { entry, leaf } = line
    this.#mustFollow(line)
    this.#settleVoids(entry)
    this.#unproven = undefined
    this.#ledger.follow(entry)
    this.#move(entry.seq + 1, leaf)
    if (entry.kind === 'segment' && this.segment !== undefined) this.segment.since = entry.time
    if (entry.kind === 'checkpoint') this.#mark(entry)
  }

  #move(size: number, leaf: string): void {
    this.size = size
    this.leaf = leaf
    this.#expected.set(size, leaf)
  }

  #countBytes(length: number): void {
    if (this.segment !== undefined) this.segment.bytes += length + 1
  }

  #isPlain(bytes: Buffer): boolean {
    if (this.voids.length > 0 || bytes.length > maxLineBytes) return false
    return this.#expected.isPlain(bytes, 0, bytes.length)
  }

  #isNext({ entry, prev }: EntryLine): boolean {
    return entry.seq === this.size && prev === this.leaf
  }

  #mustFollow(line: EntryLine): void {
    if (this.#isNext(line) && line.bytes.length <= maxLineBytes) return
    const message = `Entry ${this.size} of the journal is missing or was changed: the next line says ${line.entry.seq}.`
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
