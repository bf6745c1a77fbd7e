import type { ChainHead } from './audit-store.ts'
import type { Draft } from './draft.ts'
import { asFitted, type FittedEvent } from './fitted-event.ts'

/** Most outcomes that are kept for later: a disk that stays full must not fill the memory too. */
const mostOwed = 1_000

/**
 * Outcomes that could not be written when they happened.
 *
 * A write that failed may have reached the disk all the same. So whatever is open in the chain when it takes entries
 * again is told how it ended: as it did, or, for an intent that was refused, that nothing was carried out.
 */
export class OwedOutcomes {
  readonly #owed = new Map<string, FittedEvent>()
  #paid: readonly string[] = []

  /** Remembers what an event that was not written leaves to be said. */
  remember(fitted: FittedEvent): void {
    const { operation_id: operation, kind } = fitted.event
    if (operation === undefined || this.#owed.size >= mostOwed) return
    if (kind === 'outcome') this.#owed.set(operation, fitted)
    if (kind === 'intent') this.#owed.set(operation, neverDone(operation))
  }

  /** Says it. It counts as said once `settle` is called. */
  pay(draft: Draft, head: ChainHead): void {
    this.#paid = [...this.#owed.keys()]
    for (const [operation, outcome] of this.#owed) if (head.pending.has(operation)) draft.add(outcome)
  }

  /** What was said last is durable. */
  settle(): void {
    for (const operation of this.#paid) this.#owed.delete(operation)
    this.#paid = []
  }
}

function neverDone(operation: string): FittedEvent {
  return asFitted({
    kind: 'outcome',
    operation_id: operation,
    status: 'error',
    code: 'AUDIT_UNAVAILABLE',
    detail: { reason: 'the intent could not be made durable; nothing was carried out' },
  })
}
