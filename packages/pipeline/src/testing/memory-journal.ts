import { SshMcpError } from '@sshmcp/kernel'
import type { CallOutcome, CallRecord, Journal } from '../ports.ts'

/** One write, in the order of writing. */
export interface JournalLine {
  readonly kind: 'intent' | 'outcome' | 'single'
  readonly record: CallRecord
  readonly outcome: CallOutcome | undefined
}

/** A journal that keeps what it is told and can be made to fail. */
export class MemoryJournal implements Journal {
  readonly lines: JournalLine[] = []
  /** Kinds whose writing fails from now on. */
  readonly failing = new Set<JournalLine['kind']>()

  async intent(record: CallRecord): Promise<void> {
    this.#write({ kind: 'intent', record, outcome: undefined })
  }

  async outcome(record: CallRecord, outcome: CallOutcome): Promise<void> {
    this.#write({ kind: 'outcome', record, outcome })
  }

  async single(record: CallRecord, outcome: CallOutcome): Promise<void> {
    this.#write({ kind: 'single', record, outcome })
  }

  #write(line: JournalLine): void {
    if (this.failing.has(line.kind)) throw unavailable()
    this.lines.push(line)
  }
}

function unavailable(): SshMcpError {
  return new SshMcpError('AUDIT_UNAVAILABLE', {
    message: 'The audit journal could not be written.',
    next: 'Free some space and call again.',
  })
}
