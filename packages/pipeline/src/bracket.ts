import { pipelineErrors } from './errors.ts'
import type { CallOutcome, CallRecord, Journal } from './ports.ts'

/** Refusals kept for later while the journal cannot be written; outcomes are always kept. */
const mostOwedRefusals = 1000

/**
 * The journal around a call. What could not be written after the fact is owed, and written before the next intent is:
 * while something is owed nothing new can happen on a host.
 */
export class Bracket {
  readonly #journal: Journal
  readonly #owed: (() => Promise<void>)[] = []
  #owedRefusals = 0

  constructor(journal: Journal) {
    this.#journal = journal
  }

  /** @throws AUDIT_UNAVAILABLE */
  async intent(record: CallRecord): Promise<void> {
    await this.#durable(async () => {
      await this.#settle()
      await this.#journal.intent(record)
    })
  }

  /** The record of a call that only reads our own state. @throws AUDIT_UNAVAILABLE */
  async reading(record: CallRecord, outcome: CallOutcome): Promise<void> {
    await this.#durable(async () => {
      await this.#settle()
      await this.#journal.single(record, outcome)
    })
  }

  /** Whether it is durable now. If not, it is owed: what happened must be told to the caller all the same. */
  async outcome(record: CallRecord, outcome: CallOutcome): Promise<boolean> {
    return this.#nowOrLater(() => this.#journal.outcome(record, outcome))
  }

  /** Whether it is durable now. */
  async refusal(record: CallRecord, outcome: CallOutcome): Promise<boolean> {
    const mayOwe = this.#owedRefusals < mostOwedRefusals
    const isDurable = await this.#nowOrLater(() => this.#journal.single(record, outcome), mayOwe)
    if (!isDurable && mayOwe) this.#owedRefusals++
    return isDurable
  }

  async #nowOrLater(write: () => Promise<void>, mayOwe = true): Promise<boolean> {
    try {
      await this.#settle()
      await write()
      return true
    } catch {
      if (mayOwe) this.#owed.push(write)
      return false
    }
  }

  async #settle(): Promise<void> {
    for (let write = this.#owed[0]; write !== undefined; write = this.#owed[0]) {
      await write()
      if (this.#owed[0] === write) this.#owed.shift()
    }
    this.#owedRefusals = 0
  }

  async #durable(write: () => Promise<void>): Promise<void> {
    try {
      await write()
    } catch (cause) {
      throw pipelineErrors.error('AUDIT_UNAVAILABLE', {
        message: 'The journal cannot be written, so nothing was done.',
        cause,
      })
    }
  }
}
