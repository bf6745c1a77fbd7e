import type { AuditEntry } from './audit-event.ts'
import { parseLine } from './entry-line.ts'
import { Ledger, listsEverything } from './ledger.ts'

/** Lines that are kept unread at most, where nothing is signed and so no checkpoint makes reading them unnecessary. */
const mostUnread = 1_024

/**
 * A ledger that reads lines only when somebody asks what is open.
 *
 * Others' lines are many, and a checkpoint behind them says what they came to. So most are never read.
 */
export class LateLedger {
  #ledger: Ledger
  #unread: (AuditEntry | Buffer)[] = []

  constructor(ledger = new Ledger()) {
    this.#ledger = ledger
  }

  /** Takes the next entry, or the line that holds it; a line that turns out to be no entry says nothing. */
  follow(next: AuditEntry | Buffer): void {
    const isRead = !Buffer.isBuffer(next)
    if (isRead && next.kind === 'checkpoint' && listsEverything(next)) this.#startFrom(next)
    else if (isRead && this.#unread.length === 0) this.#ledger.follow(next)
    else if (this.#unread.push(next) >= mostUnread) this.read()
  }

  /** What is open now. */
  read(): Ledger {
    for (const next of this.#unread) {
      const entry = Buffer.isBuffer(next) ? parseLine(next) : next
      if (entry !== undefined) this.#ledger.follow(entry)
    }
    this.#unread = []
    return this.#ledger
  }

  #startFrom(checkpoint: AuditEntry): void {
    if (this.#unread.length === 0) return
    this.#ledger = Ledger.from(checkpoint)
    this.#unread = []
  }
}
