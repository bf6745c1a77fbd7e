import { closeSync, fdatasync, fdatasyncSync, fstatSync } from 'node:fs'
import { promisify } from 'node:util'
import { type AuditSource, ChainState, type EntryLine, linesBackward } from '@sshmcp/audit'
import { syncFolder, writeAll } from './durable-file.ts'
import { storeErrors } from './errors.ts'
import {
  isStillThere,
  listSegments,
  openSegment,
  readAt,
  type SegmentFile,
  seal,
  segmentName,
} from './segment-files.ts'

const flush = promisify(fdatasync)
const chunkBytes = 1024 * 1024
const newline = 0x0a
/** Another thread is asked for a flush that takes longer, or for which many wait. */
const quickFlushMs = 1
/** Lines to look through for a checkpoint: they stand closer than this unless the journal is not signed. */
const farBack = 4_096

/** The end of the journal on the disk: the segment that is being written, and how far it has been read. */
export class SegmentTail {
  readonly #dir: string
  #file: SegmentFile | undefined
  #offset = 0
  /** True when the last line on the disk has no newline yet; the next write begins with one. */
  #isTorn = false
  #isNew = false
  #lastFlushMs = Number.POSITIVE_INFINITY

  constructor(dir: string) {
    this.#dir = dir
  }

  /** Goes on from the newest checkpoint in the chain; undefined when there is none near the end. */
  async resume(source: AuditSource): Promise<ChainState | undefined> {
    let seen = 0
    for await (const { line, segment, offset } of linesBackward(source)) {
      const state = ChainState.resume(line, segment, offset)
      if (state !== undefined) {
        this.#open(segment)
        this.#offset = offset
        return state
      }
      seen += 1
      if (seen > farBack) return undefined
    }
    return undefined
  }

  /** Feeds everything to `state` that stands on the disk and that it has not seen. */
  catchUp(state: ChainState): void {
    if (this.#file !== undefined) this.#readOn(state, this.#file)
    if (this.#file !== undefined && state.segment !== undefined) return
    while (this.#file === undefined || state.segment === undefined) {
      const file = this.#open(segmentName(state.size))
      if (file === undefined) break
      state.segment = { name: file.name, bytes: 0, since: '' }
      this.#readOn(state, file)
    }
    const last = listSegments(this.#dir).at(-1)
    if (last !== undefined && last.name !== this.#file?.name) throw this.#replaced(`${last.name}.jsonl does not follow`)
  }

  /** Adds lines that `state` has already accepted, and waits until they are on the disk. */
  async append(state: ChainState, lines: readonly EntryLine[]): Promise<void> {
    const file = this.#file
    if (file === undefined) return
    const bytes = joined(this.#isTorn, lines)
    writeAll(file.fd, bytes)
    await this.#flush(file.fd, lines.length)
    if (this.#isNew) syncFolder(this.#dir)
    this.#offset += bytes.length
    this.#isTorn = false
    this.#isNew = false
    if (state.segment === undefined) seal(file)
  }

  /** Makes the file for the segment that the next line begins. */
  beginNew(state: ChainState): void {
    const file = openSegment(this.#dir, segmentName(state.size), 'new')
    if (file === undefined) throw this.#replaced(`${this.#dir} is gone`)
    this.#use(file)
    state.segment = { name: file.name, bytes: 0, since: '' }
    this.#isNew = true
  }

  /** True when something stands on the disk that the next write must close. */
  get isTorn(): boolean {
    return this.#isTorn
  }

  close(): void {
    const file = this.#file
    this.#file = undefined
    if (file !== undefined) closeSync(file.fd)
  }

  /**
   * Handing a flush to another thread and back takes about as long as a quick disk does. So one entry alone is flushed in place
   * where the last flush was quick; beside other work none is, for that work comes in between.
   */
  async #flush(fd: number, lines: number): Promise<void> {
    const start = performance.now()
    if (lines === 1 && this.#lastFlushMs < quickFlushMs) fdatasyncSync(fd)
    else await flush(fd)
    this.#lastFlushMs = performance.now() - start
  }

  #open(name: string): SegmentFile | undefined {
    const file = openSegment(this.#dir, name, 'existing')
    if (file !== undefined) this.#use(file)
    return file
  }

  #use(file: SegmentFile): void {
    this.close()
    this.#file = file
    this.#offset = 0
  }

  #readOn(state: ChainState, file: SegmentFile): void {
    const { size } = fstatSync(file.fd)
    if (size < this.#offset) throw this.#replaced(`${file.path} is shorter than it was`)
    if (!isStillThere(file)) throw this.#replaced(`${file.path} is another file than the one that was opened`)
    let rest: Buffer = Buffer.alloc(0)
    while (this.#offset < size) {
      const chunk = readAt(file.fd, this.#offset, Math.min(chunkBytes, size - this.#offset))
      if (chunk.length === 0) throw this.#replaced(`${file.path} became shorter`)
      this.#offset += chunk.length
      rest = acceptLines(state, rest.length === 0 ? chunk : Buffer.concat([rest, chunk]))
    }
    this.#isTorn = rest.length > 0
    if (this.#isTorn) state.accept(rest)
    state.settle()
  }

  #replaced(what: string): Error {
    return storeErrors.error('STORE_LOG_REPLACED', { message: `The journal was changed from outside: ${what}.` })
  }
}

/** Takes the whole lines; returns what follows the last newline. */
function acceptLines(state: ChainState, bytes: Buffer): Buffer {
  let start = 0
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, start)) {
    state.accept(bytes.subarray(start, at))
    start = at + 1
  }
  return bytes.subarray(start)
}

function joined(isTorn: boolean, lines: readonly EntryLine[]): Buffer {
  const total = lines.reduce((sum, { bytes }) => sum + bytes.length + 1, isTorn ? 1 : 0)
  const all = Buffer.allocUnsafe(total)
  let at = 0
  if (isTorn) all[at++] = newline
  for (const { bytes } of lines) {
    all.set(bytes, at)
    at += bytes.length
    all[at++] = newline
  }
  return all
}
