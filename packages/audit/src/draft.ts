import { type Clock, rfc3339 } from '@sshmcp/kernel'
import type { AuditEntry, JsonValue } from './audit-event.ts'
import type { ChainHead } from './audit-store.ts'
import { encodeLine, type FittedEvent } from './entry-line.ts'
import { leafOf } from './leaf.ts'
import { Ledger } from './ledger.ts'

/** Lines being put together behind a head. Nothing is written before a store takes them. */
export class Draft {
  readonly lines: Buffer[] = []
  size: number
  leaf: string
  bytes = 0
  readonly #head: ChainHead
  readonly #clock: Clock
  readonly #writer: string
  readonly #entries: AuditEntry[] = []

  constructor(head: ChainHead, clock: Clock, writer: string) {
    this.size = head.size
    this.leaf = head.leaf
    this.#head = head
    this.#clock = clock
    this.#writer = writer
  }

  /** Puts one entry behind the others. */
  add(event: FittedEvent): AuditEntry {
    const now = this.#clock.now()
    const mono = Math.round(this.#clock.monotonic())
    const head = { prev: this.leaf, seq: this.size, now, mono, writer: this.#writer }
    const { line, entry } = encodeLine(head, event)
    this.lines.push(line)
    this.#entries.push(entry)
    this.leaf = leafOf(line)
    this.size += 1
    this.bytes += line.length + 1
    return entry
  }

  /** Puts an entry of the journal's own, which says nothing that anybody else could have put into it. */
  own(kind: AuditEntry['kind'], detail: JsonValue, more: Pick<AuditEntry, 'operation_id' | 'status'> = {}): AuditEntry {
    const { operation_id, status } = more
    return this.add({ kind, detail, operation_id, status })
  }

  /** What is open behind the last line. */
  ledger(): Ledger {
    const ledger = new Ledger(this.#head.pending, this.#head.writers)
    for (const entry of this.#entries) ledger.follow(entry)
    return ledger
  }

  /** When the segment that takes these lines began. */
  get since(): string {
    return this.#head.segment?.since || (this.#entries[0]?.time ?? rfc3339(this.#clock.now()))
  }

  /** Entries since the newest checkpoint that stood when the draft began. */
  get unsigned(): number {
    const { checkpoint } = this.#head
    return this.size - (checkpoint === undefined ? 0 : checkpoint.size + 1)
  }
}
