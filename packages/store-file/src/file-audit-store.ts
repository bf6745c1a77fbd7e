import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type AuditStore, type Batch, type ChainHead, ChainState } from '@sshmcp/audit'
import { type Clock, systemClock } from '@sshmcp/kernel'
import { replaceDurably } from './durable-file.ts'
import { unlessMissing } from './errno.ts'
import { checkpointPath, descriptionPath, FileAuditSource } from './file-audit-source.ts'
import { JournalLock } from './journal-lock.ts'
import { openLockFolder } from './lock-folder.ts'
import { isGone, ownIdentity } from './process-identity.ts'
import { localFolder, safeFolder } from './safe-path.ts'
import { segmentPath, sha256Of } from './segment-files.ts'
import { SegmentTail } from './segment-tail.ts'
import { inPlace, inPlaceAsync } from './unavailable.ts'

/** What a `FileAuditStore` is made of. */
export interface FileAuditStoreDeps {
  /** The audit folder; made 0700 when it is not there. */
  readonly dir: string
  /** How long to wait for other processes; 15 s if left out. */
  readonly patienceMs?: number
  readonly clock?: Clock
  /** Take a network file system at your own risk. */
  readonly allowNetworkFolder?: boolean
}

/**
 * The journal on a local folder: segments of JSON lines, written by any number of processes.
 *
 * Flushed before `commit` resolves. Torn ends are closed and recorded, never cut off. Field by field: `docs/storage.md`.
 *
 * @throws STORE_PATH_UNSAFE, STORE_NETWORK_FOLDER, STORE_UNAVAILABLE
 */
export async function openFileAuditStore(deps: FileAuditStoreDeps): Promise<AuditStore> {
  return inPlace(deps.dir, () => {
    safeFolder(deps.dir)
    if (deps.allowNetworkFolder !== true) localFolder(deps.dir)
    const lock = new JournalLock({
      folder: openLockFolder(join(deps.dir, 'lockd')),
      identity: ownIdentity(),
      clock: deps.clock ?? systemClock,
      patienceMs: deps.patienceMs ?? 15_000,
    })
    return new FileAuditStore(deps.dir, lock)
  })
}

class FileAuditStore extends FileAuditSource implements AuditStore {
  readonly identity = ownIdentity()
  readonly #dir: string
  readonly #lock: JournalLock
  #known: { readonly state: ChainState; readonly tail: SegmentTail } | undefined
  #queue: Promise<void> = Promise.resolve()

  constructor(dir: string, lock: JournalLock) {
    super(dir)
    this.#dir = dir
    this.#lock = lock
  }

  isGone(identity: string): boolean {
    return isGone(identity)
  }

  commit(build: (head: ChainHead) => Batch): Promise<void> {
    const section = this.#queue.then(() => inPlaceAsync(this.#dir, () => this.#locked(build)))
    this.#queue = section.catch(() => {})
    return section
  }

  async close(): Promise<void> {
    await this.#queue
    inPlace(this.#dir, () => {
      try {
        this.#forget()
      } finally {
        this.#lock.release()
      }
    })
  }

  async #locked(build: (head: ChainHead) => Batch): Promise<void> {
    await this.#lock.acquire()
    try {
      await this.#section(build)
    } catch (error) {
      // Nothing that was known can be relied on: the next section reads the disk, through a new descriptor.
      this.#forget()
      throw error
    } finally {
      this.#lock.leave()
    }
  }

  async #section(build: (head: ChainHead) => Batch): Promise<void> {
    this.#known ??= await this.#begin()
    const { state, tail } = this.#known
    tail.catchUp(state)
    await this.#lookBack(state)
    const { lines, note, description } = build(state)
    for (const line of lines) {
      if (state.segment === undefined) tail.beginNew(state)
      state.extend(line)
    }
    if (lines.length > 0) await tail.append(state, lines)
    // Not before: a description without entries says that they were taken away.
    const about = descriptionPath(this.#dir)
    if (description !== undefined && !existsSync(about)) replaceDurably(about, description)
    if (note !== undefined) replaceDurably(checkpointPath(this.#dir), note)
    // A torn end that was not closed now must be found again.
    if (tail.isTorn) this.#forget()
  }

  async #begin(): Promise<{ readonly state: ChainState; readonly tail: SegmentTail }> {
    const tail = new SegmentTail(this.#dir)
    this.#known = { state: (await tail.resume(this)) ?? new ChainState(), tail }
    this.#known.state.published = await this.note()
    return this.#known
  }

  #forget(): void {
    const known = this.#known
    this.#known = undefined
    known?.tail.close()
  }

  /** What a new segment says of the one before, and the first one of a log of older format. */
  async #lookBack(state: ChainState): Promise<void> {
    const { previous } = state
    if (state.segment === undefined && previous !== undefined && previous.sha256 === '') {
      state.previous = { ...previous, sha256: await sha256Of(segmentPath(this.#dir, previous.name)) }
    }
    const old = join(this.#dir, 'audit.jsonl')
    const bytes = state.size === 0 ? unlessMissing(() => statSync(old))?.size : undefined
    if (bytes !== undefined) state.predecessor = { name: 'audit.jsonl', bytes, sha256: await sha256Of(old) }
  }
}
