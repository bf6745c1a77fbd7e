import type { AuditStore, Batch, ChainHead, Segment } from '../audit-store.ts'
import { ChainState } from '../chain-state.ts'
import type { EntryLine } from '../entry-line.ts'

/** Where a planted fault strikes. `write`: half of the bytes arrive. `flush`: all arrive, nobody knows. */
export type FaultPoint = 'write' | 'flush'

/** The bytes of a journal in memory: what several `MemoryAuditStore`s share, as processes share a folder. */
export class MemoryAuditFolder {
  readonly segments = new Map<string, Buffer>()
  note: string | undefined
  description: string | undefined
  readonly gone = new Set<string>()
  tail: Promise<void> = Promise.resolve()
  processes = 0
  /** Counts the writes, so that a store knows whether it has seen them all. */
  writes = 0
}

/** An `AuditStore` that keeps real bytes and real promises, and fails or dies when told. */
export class MemoryAuditStore implements AuditStore {
  readonly folder: MemoryAuditFolder
  readonly identity: string
  #state: ChainState | undefined
  #seenWrites = -1
  #fault: { readonly point: FaultPoint; readonly code: string } | undefined
  #isDead = false

  constructor(folder: MemoryAuditFolder = new MemoryAuditFolder()) {
    this.folder = folder
    folder.processes += 1
    this.identity = `memory-${folder.processes}`
  }

  /** The next write ends with this error code, once. */
  failNext(point: FaultPoint, code = 'EIO'): void {
    this.#fault = { point, code }
  }

  /** As if the process were killed now: the last `lostBytes` never reached the disk, nothing more is written by it. */
  crash(lostBytes = 0): void {
    this.#isDead = true
    this.folder.gone.add(this.identity)
    const last = this.#lastSegment()
    this.folder.writes += 1
    if (last !== undefined && lostBytes > 0) this.folder.segments.set(last[0], last[1].subarray(0, -lostBytes))
  }

  isGone(identity: string): boolean {
    return this.folder.gone.has(identity)
  }

  async segments(): Promise<readonly Segment[]> {
    return [...this.folder.segments].map(([name, content]) => ({ name, bytes: content.length }))
  }

  async read(segment: string, offset: number, length: number): Promise<Uint8Array> {
    return Buffer.from((this.folder.segments.get(segment) ?? Buffer.alloc(0)).subarray(offset, offset + length))
  }

  async note(): Promise<string | undefined> {
    return this.folder.note
  }

  async description(): Promise<string | undefined> {
    return this.folder.description
  }

  commit(build: (head: ChainHead) => Batch): Promise<void> {
    const section = this.folder.tail.then(() => this.#section(build))
    this.folder.tail = section.catch(() => {})
    return section
  }

  async close(): Promise<void> {
    await this.folder.tail
    this.#isDead = true
  }

  #section(build: (head: ChainHead) => Batch): void {
    if (this.#isDead) throw new Error('this process is dead')
    const known = this.#seenWrites === this.folder.writes ? this.#state : undefined
    this.#state = undefined
    const { state, isTorn } = known === undefined ? this.#readAll() : { state: known, isTorn: false }
    const batch = build(state)
    for (const line of batch.lines) {
      if (state.segment === undefined) this.#beginSegment(state)
      state.extend(line)
    }
    if (batch.lines.length > 0) this.#write(isTorn, batch.lines)
    if (batch.description !== undefined) this.folder.description ??= batch.description
    if (batch.note !== undefined) this.folder.note = batch.note
    this.#seenWrites = this.folder.writes
    // A torn end that was not closed now must be found again.
    if (!isTorn || batch.lines.length > 0) this.#state = state
  }

  #readAll(): { readonly state: ChainState; readonly isTorn: boolean } {
    const state = new ChainState()
    state.published = this.folder.note
    let isTorn = false
    for (const [name, content] of this.folder.segments) {
      state.segment = { name, bytes: 0, since: '' }
      const lines = split(content)
      const rest = lines.pop()
      for (const line of lines) state.accept(line)
      isTorn = rest !== undefined && rest.length > 0
      if (rest !== undefined && isTorn) state.accept(rest)
      state.settle()
    }
    return { state, isTorn }
  }

  #beginSegment(state: ChainState): void {
    const name = String(state.size).padStart(12, '0')
    this.folder.segments.set(name, Buffer.alloc(0))
    state.segment = { name, bytes: 0, since: '' }
  }

  #write(isTorn: boolean, lines: readonly EntryLine[]): void {
    const last = this.#lastSegment()
    if (last === undefined) return
    const added = Buffer.concat([
      Buffer.from(isTorn ? '\n' : ''),
      ...lines.flatMap(({ bytes }) => [bytes, Buffer.from('\n')]),
    ])
    this.folder.writes += 1
    const fault = this.#fault
    this.#fault = undefined
    const arrived = fault?.point === 'write' ? added.subarray(0, Math.floor(added.length / 2)) : added
    this.folder.segments.set(last[0], Buffer.concat([last[1], arrived]))
    if (fault !== undefined) throw Object.assign(new Error(`${fault.code}: planted`), { code: fault.code })
  }

  #lastSegment(): [string, Buffer] | undefined {
    return [...this.folder.segments].at(-1)
  }
}

function split(content: Buffer): Buffer[] {
  const lines: Buffer[] = []
  let start = 0
  for (let at = content.indexOf(10); at >= 0; at = content.indexOf(10, start)) {
    lines.push(content.subarray(start, at))
    start = at + 1
  }
  lines.push(content.subarray(start))
  return lines
}
