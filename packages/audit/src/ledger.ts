import type { AuditEntry, JsonValue } from './audit-event.ts'
import type { PendingIntent } from './audit-store.ts'
import { isRecord } from './entry-line.ts'

/** Most open intents and writers that a checkpoint lists, the newest: a line has to hold them. */
const mostListed = 200

/** What is open: intents without an outcome, and writers that have not said goodbye. */
export class Ledger {
  readonly pending: Map<string, PendingIntent>
  readonly writers: Map<string, string>

  constructor(
    pending: Iterable<readonly [string, PendingIntent]> = [],
    writers: Iterable<readonly [string, string]> = [],
  ) {
    this.pending = new Map(pending)
    this.writers = new Map(writers)
  }

  /** Takes the next entry into account. */
  follow(entry: AuditEntry): void {
    const operation = entry.operation_id
    const detail = isRecord(entry.detail) ? entry.detail : {}
    switch (entry.kind) {
      case 'open':
        this.writers.set(entry.writer, typeof detail.identity === 'string' ? detail.identity : '')
        break
      case 'close':
        this.writers.delete(typeof detail.writer === 'string' ? detail.writer : entry.writer)
        break
      case 'intent':
        if (operation !== undefined) this.pending.set(operation, { seq: entry.seq, writer: entry.writer })
        break
      case 'outcome':
      case 'orphaned':
        if (operation !== undefined) this.pending.delete(operation)
        break
      default:
    }
  }

  /** As a `checkpoint` entry carries it. */
  list(): { readonly pending: JsonValue; readonly writers: JsonValue } {
    return {
      pending: [...this.pending].slice(-mostListed).map(([operation, { seq, writer }]) => [operation, seq, writer]),
      writers: [...this.writers].slice(-mostListed).map(([writer, identity]) => [writer, identity]),
    }
  }

  /** The ledger that a `checkpoint` entry carries. */
  static from(entry: AuditEntry): Ledger {
    const detail = isRecord(entry.detail) ? entry.detail : {}
    const ledger = new Ledger()
    for (const row of rows(detail.pending)) {
      const [operation, seq, writer] = row
      if (typeof operation === 'string' && typeof seq === 'number' && typeof writer === 'string') {
        ledger.pending.set(operation, { seq, writer })
      }
    }
    for (const row of rows(detail.writers)) {
      const [writer, identity] = row
      if (typeof writer === 'string' && typeof identity === 'string') ledger.writers.set(writer, identity)
    }
    return ledger
  }
}

/** True when what a `checkpoint` entry carries is all that is open, and not only the newest of it. */
export function listsEverything(entry: AuditEntry): boolean {
  if (!isRecord(entry.detail)) return false
  return [entry.detail.pending, entry.detail.writers].every((list) => Array.isArray(list) && list.length < mostListed)
}

function rows(value: unknown): readonly (readonly unknown[])[] {
  return Array.isArray(value) ? value.filter((row: unknown) => Array.isArray(row)) : []
}
