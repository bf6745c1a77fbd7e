import { hash } from 'node:crypto'
import type { AuditEntry } from './audit-event.ts'
import type { AuditSource, VoidLine } from './audit-store.ts'
import { blame, type Place } from './blame.ts'
import { namesVoids } from './chain-state.ts'
import { embeddedNote } from './checkpoint.ts'
import { linePrefix, parseLine } from './entry-line.ts'
import { ExpectedLine } from './expected-line.ts'
import { maxLineBytes } from './fitted-event.ts'
import { genesis, leafOf } from './leaf.ts'
import type { FirstBad } from './verify-report.ts'

const chunkBytes = 1024 * 1024
const newline = 0x0a

/** Whoever wants to know of entries while they are read. */
export interface ScanWatcher {
  /** The next size at which `reached` is wanted. */
  readonly nextSize: number
  /** So many entries have been read, and this is the leaf of the last. */
  reached(size: number, leaf: string): Promise<FirstBad['problem'] | undefined>
  /** The leaf that a checkpoint kept outside gives for this size; undefined when there is none. */
  claimedLeaf(size: number): string | undefined
  /** True when the note is signed and says that so many entries end in this leaf. */
  proves(note: string | undefined, size: number, leaf: string): boolean
  /** A `checkpoint` entry, and the leaf of the one before it. */
  checkpoint(entry: AuditEntry, before: string): FirstBad | undefined
  /** Where the last thing that was wrong began: everything below this was signed as it is. */
  readonly provenSize: number
}

/**
 * Reads a journal once, in constant memory, and follows the chain over the raw bytes.
 *
 * Most lines are hashed and compared, not parsed: their beginning is known in advance down to the byte. Whatever does
 * not begin so is looked at with more care.
 */
export class ChainScan {
  size = 0
  leaf = genesis
  recovered = 0
  tailBytes = 0
  firstBad: FirstBad | undefined
  readonly #source: AuditSource
  readonly #watcher: ScanWatcher
  readonly #expected = new ExpectedLine()
  readonly #signal: AbortSignal | undefined
  #leafBefore = genesis
  #last: Place | undefined
  #voids: VoidLine[] = []
  /** The entry that should have stood where the voids are. */
  #voidsFrom = 0
  #beginsSegment = true

  constructor(source: AuditSource, watcher: ScanWatcher, signal?: AbortSignal) {
    this.#source = source
    this.#watcher = watcher
    this.#signal = signal
    this.#move(0, genesis)
  }

  /** How often an entry is more than 2 s older than the one before. */
  get clockRegressions(): number {
    return this.#expected.clockRegressions
  }

  /** Begins at a line in the middle, which the caller has reasons to believe. */
  startAt(size: number, leaf: string): void {
    this.#move(size, leaf)
    this.#beginsSegment = false
  }

  /** Reads to the end or to the first thing that is wrong. */
  async run(from?: { readonly segment: string; readonly offset: number }): Promise<void> {
    for (const segment of await this.#source.segments()) {
      if (from !== undefined && segment.name < from.segment) continue
      const offset = segment.name === from?.segment ? from.offset : 0
      if (offset === 0) this.#beginsSegment = true
      await this.#segment(segment.name, offset)
      if (this.firstBad !== undefined) return
    }
    await this.#checkLast()
    this.tailBytes += this.#voids.reduce((sum, line) => sum + line.bytes + 1, 0)
  }

  async #segment(segment: string, from: number): Promise<void> {
    let offset = from
    let length = chunkBytes
    for (;;) {
      this.#signal?.throwIfAborted()
      // The byte before a line becomes the zero byte of its leaf, so that nothing is copied.
      const lead = offset > 0 ? 1 : 0
      const chunk = asBuffer(await this.#source.read(segment, offset - lead, length + lead))
      const used = await this.#lines(chunk, segment, offset - lead, lead)
      if (this.firstBad !== undefined) return
      if (used === lead && chunk.length < length + lead) return this.#rest(chunk.subarray(lead), segment, offset)
      // A line longer than the chunk, which only a crash leaves behind: look further ahead.
      length = used === lead ? length * 2 : chunkBytes
      offset += used - lead
    }
  }

  /** Takes the whole lines of a chunk that begins at `base`; returns where the first incomplete one begins. */
  async #lines(chunk: Buffer, segment: string, base: number, from: number): Promise<number> {
    let start = from
    for (let end = chunk.indexOf(newline, start); end >= 0; end = chunk.indexOf(newline, start)) {
      const leaf = leafIn(chunk, start, end)
      const place = { segment, offset: base + start, length: end - start }
      if (!this.#isPlain(chunk, start, end)) {
        await this.#carefully(chunk.subarray(start, end), leaf, place)
        if (this.firstBad !== undefined) return start
      } else this.#step(leaf, place)
      if (this.size === this.#watcher.nextSize) await this.#reached(place)
      if (this.firstBad !== undefined) return start
      start = end + 1
    }
    return start
  }

  /** True for the next entry, if nothing about it has to be read. */
  #isPlain(chunk: Buffer, start: number, end: number): boolean {
    if (this.#beginsSegment || this.#voids.length > 0 || end - start > maxLineBytes) return false
    return this.#expected.isPlain(chunk, start, end)
  }

  #step(leaf: string, place: Place): void {
    this.#leafBefore = this.leaf
    this.#last = place
    this.#move(this.size + 1, leaf)
  }

  #move(size: number, leaf: string): void {
    this.size = size
    this.leaf = leaf
    this.#expected.set(size, leaf)
  }

  async #carefully(line: Buffer, leaf: string, place: Place): Promise<void> {
    const prefix = linePrefix(line)
    const entry = parseLine(line)
    if (prefix?.prev !== this.leaf || prefix.seq !== this.size) await this.#takeBackLast()
    if (entry === undefined || prefix === undefined) {
      this.#addVoid(leaf, line.length)
      return
    }
    if (prefix.prev !== this.leaf || prefix.seq !== this.size) {
      const at = { size: this.size, voidsFrom: this.#voids.length > 0 ? this.#voidsFrom : undefined }
      const claimed = (size: number): string | undefined => this.#watcher.claimedLeaf(size)
      this.firstBad = await blame(this.#source, { seq: prefix.seq, leaf, place, at, claimed })
      return
    }
    const problem = this.#misplaced(entry)
    if (problem !== undefined) {
      this.#bad(problem === 'bytes that nobody recorded' ? this.#voidsFrom : this.size, place, problem)
      return
    }
    const before = this.leaf
    this.#expected.passed(entry.time)
    this.#step(leaf, place)
    if (entry.kind === 'checkpoint') this.firstBad = this.#watcher.checkpoint(entry, before)
    if (this.firstBad !== undefined) this.firstBad = { ...this.firstBad, segment: place.segment, offset: place.offset }
  }

  /** What is wrong with an entry that follows by its numbers. */
  #misplaced(entry: AuditEntry): FirstBad['problem'] | undefined {
    if (this.#beginsSegment !== (entry.kind === 'segment')) return 'missing or out of order'
    this.#beginsSegment = false
    if (this.#voids.length === 0 || entry.kind === 'segment') return undefined
    if (entry.kind !== 'recover' || !namesVoids(entry, this.#voids)) return 'bytes that nobody recorded'
    this.recovered += this.#voids.length
    this.#voids = []
    return undefined
  }

  #addVoid(leaf: string, bytes: number): void {
    if (this.#voids.length === 0) this.#voidsFrom = this.size
    this.#voids.push({ leaf, bytes })
  }

  /** The line before may have had the right beginning and be torn all the same. */
  async #takeBackLast(): Promise<void> {
    const line = await this.#tornLast()
    if (line === undefined) return
    const { leaf } = this
    this.#move(this.size - 1, this.#leafBefore)
    this.#addVoid(leaf, line.length)
    this.#last = undefined
  }

  async #tornLast(): Promise<Buffer | undefined> {
    const place = this.#last
    if (place === undefined) return undefined
    const line = asBuffer(await this.#source.read(place.segment, place.offset, place.length))
    return parseLine(line) === undefined ? line : undefined
  }

  async #reached(place: Place): Promise<void> {
    const problem = await this.#watcher.reached(this.size, this.leaf)
    if (problem === undefined) return
    // The last line may itself hold a signature over all before it; then it alone is wrong.
    const line = asBuffer(await this.#source.read(place.segment, place.offset, place.length))
    const provesRest = this.#watcher.proves(embeddedNote(line.toString('utf8')), this.size - 1, this.#leafBefore)
    this.#bad(provesRest ? this.size - 1 : this.#watcher.provenSize, place, problem)
  }

  /** What follows the last newline: an entry that lost only that, or something torn. */
  async #rest(rest: Buffer, segment: string, offset: number): Promise<void> {
    if (rest.length === 0) return
    const prefix = linePrefix(rest)
    const isNext = prefix?.prev === this.leaf && prefix.seq === this.size
    if (!isNext || parseLine(rest) === undefined) {
      this.tailBytes += rest.length
      return
    }
    await this.#carefully(rest, leafOf(rest), { segment, offset, length: rest.length })
    if (this.size === this.#watcher.nextSize) await this.#reached({ segment, offset, length: rest.length })
  }

  /** The very last line has no successor to show that it is torn. */
  async #checkLast(): Promise<void> {
    const line = await this.#tornLast()
    if (line !== undefined) await this.#takeBackLast()
  }

  #bad(seq: number, place: Place, problem: FirstBad['problem']): void {
    this.firstBad = { seq, segment: place.segment, offset: place.offset, problem }
  }
}

function leafIn(chunk: Buffer, start: number, end: number): string {
  if (start === 0) return leafOf(chunk.subarray(0, end))
  chunk[start - 1] = 0
  return hash('sha256', chunk.subarray(start - 1, end), 'hex')
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
