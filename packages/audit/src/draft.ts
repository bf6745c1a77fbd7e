import { type Clock, rfc3339 } from '@sshmcp/kernel'
import type { AuditEntry, JsonValue } from './audit-event.ts'
import type { ChainHead } from './audit-store.ts'
import { EntryLine } from './entry-line.ts'
import { asFitted, type FittedEvent } from './fitted-event.ts'
import { Ledger } from './ledger.ts'

/** Lines being put together behind a head. Nothing is written before a store takes them. */
export class Draft {
  readonly lines: EntryLine[] = []
  size: number
  leaf: string
  bytes = 0
  readonly #head: ChainHead
  readonly #clock: Clock
  readonly #writer: string
  #now = { ms: Number.NaN, text: '' }

  constructor(head: ChainHead, clock: Clock, writer: string) {
    this.size = head.size
    this.leaf = head.leaf
    this.#head = head
    this.#clock = clock
    this.#writer = writer
  }

  /** Puts one entry behind the others. */
  add(event: FittedEvent): AuditEntry {
    const mono = Math.round(this.#clock.monotonic())
    const head = { prev: this.leaf, seq: this.size, time: this.#timeNow(), mono, writer: this.#writer }
    const line = EntryLine.encode(head, event)
    this.lines.push(line)
    this.leaf = line.leaf
    this.size += 1
    this.bytes += line.bytes.length + 1
    return line.entry
  }

  #timeNow(): string {
    const now = this.#clock.now()
    if (now !== this.#now.ms) this.#now = { ms: now, text: rfc3339(now) }
    return this.#now.text
  }

  /** Puts an entry of the journal's own, which says nothing that anybody else could have put into it. */
  own(kind: AuditEntry['kind'], detail: JsonValue, more: Pick<AuditEntry, 'operation_id' | 'status'> = {}): AuditEntry {
    const { operation_id, status } = more
    return this.add(asFitted({ kind, detail, operation_id, status }))
  }

  /** What is open behind the last line. */
  ledger(): Ledger {
    const ledger = new Ledger(this.#head.pending, this.#head.writers)
    for (const { entry } of this.lines) ledger.follow(entry)
    return ledger
  }

  /** When the segment that takes these lines began. */
  get since(): string {
    return this.#head.segment?.since || (this.lines[0]?.entry.time ?? rfc3339(this.#clock.now()))
  }

  /** Entries since the newest checkpoint that stood when the draft began. */
  get unsigned(): number {
    const { checkpoint } = this.#head
    return this.size - (checkpoint === undefined ? 0 : checkpoint.size + 1)
  }
}
