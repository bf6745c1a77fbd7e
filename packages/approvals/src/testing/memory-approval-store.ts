import { type ApprovalStore, isPartName, isRecordName } from '../approval-store.ts'
import { approvalErrors } from '../errors.ts'

/** Where a call to {@link MemoryApprovalStore.put} can be made to stop. */
export type Breakpoint = 'before' | 'after'

/**
 * Approvals in memory, as honest as a disk: several objects made by {@link MemoryApprovalStore.reopen} share what is
 * stored, as processes do, and any write can be made to fail before or after it took effect.
 */
export class MemoryApprovalStore implements ApprovalStore {
  readonly #records: Map<string, Map<string, string>>
  #breakNext: Breakpoint | undefined
  #skipped = 0

  constructor(records = new Map<string, Map<string, string>>()) {
    this.#records = records
  }

  /** The same content as another process would open it. */
  reopen(): MemoryApprovalStore {
    return new MemoryApprovalStore(this.#records)
  }

  /** The write after so many others fails, having happened (`after`) or not (`before`). */
  breakAt(breakpoint: Breakpoint, writesBefore = 0): void {
    this.#breakNext = breakpoint
    this.#skipped = writesBefore
  }

  async put(record: string, part: string, text: string): Promise<boolean> {
    if (!isRecordName(record) || !isPartName(part)) throw unavailable()
    const breakpoint = this.#nextBreak()
    if (breakpoint === 'before') throw unavailable()
    const isWinner = this.#create(record, part, text)
    if (breakpoint === 'after') throw unavailable()
    return isWinner
  }

  async read(record: string): Promise<ReadonlyMap<string, string>> {
    return new Map(this.#records.get(record))
  }

  async list(): Promise<readonly string[]> {
    return [...this.#records.keys()]
  }

  async remove(record: string): Promise<void> {
    this.#records.delete(record)
  }

  /** What somebody with an editor could do to the files. */
  overwrite(record: string, part: string, text: string): void {
    const parts = this.#records.get(record) ?? new Map<string, string>()
    this.#records.set(record, parts.set(part, text))
  }

  #create(record: string, part: string, text: string): boolean {
    const parts = this.#records.get(record) ?? new Map<string, string>()
    if (parts.has(part)) return false
    this.#records.set(record, parts.set(part, text))
    return true
  }

  #nextBreak(): Breakpoint | undefined {
    if (this.#breakNext === undefined || this.#skipped-- > 0) return undefined
    const breakpoint = this.#breakNext
    this.#breakNext = undefined
    return breakpoint
  }
}

function unavailable() {
  return approvalErrors.error('APPROVAL_STORE_UNAVAILABLE', { message: 'The store was told to fail.' })
}
