import type { Clock } from '@sshmcp/kernel'
import type { AuditEntry, JsonValue } from './audit-event.ts'
import type { ChainHead } from './audit-store.ts'
import { encodeLine, type FittedEvent } from './entry-line.ts'
import { leafOf } from './leaf.ts'

/** Lines being put together behind a head. Nothing is written before a store takes them. */
export class Draft {
  readonly lines: Buffer[] = []
  size: number
  leaf: string
  readonly #clock: Clock
  readonly #writer: string

  constructor(head: ChainHead, clock: Clock, writer: string) {
    this.size = head.size
    this.leaf = head.leaf
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
    this.leaf = leafOf(line)
    this.size += 1
    return entry
  }

  /** Puts an entry of the journal's own, which says nothing that anybody else could have put into it. */
  note(
    kind: AuditEntry['kind'],
    detail: JsonValue,
    more: { readonly operation_id?: string; readonly status?: 'unknown' } = {},
  ): AuditEntry {
    return this.add({ ...more, kind, detail })
  }
}
