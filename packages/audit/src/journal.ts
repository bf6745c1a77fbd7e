import { type Clock, type IdSource, isSshMcpError, randomIds } from '@sshmcp/kernel'
import type { AuditEntry, AuditEvent } from './audit-event.ts'
import type { AuditStore, Batch, ChainHead } from './audit-store.ts'
import { Draft } from './draft.ts'
import { type FittedEvent, fitEvent } from './entry-line.ts'
import { auditErrors } from './errors.ts'
import { addOrphans, addPreamble } from './preamble.ts'

/** Entries that share one flush at most. */
const batchEntries = 256

/** The one way into the record. */
export interface Journal {
  /**
   * Writes one entry down.
   *
   * When it resolves, the entry is durable. When it rejects, treat it as not written: an intent that was refused must
   * not be carried out. Entries keep the order of the calls. Calls that wait for the disk at the same time share a flush.
   *
   * @throws AUDIT_UNAVAILABLE when it could not be made durable; the journal heals by itself once the cause is gone
   * @throws AUDIT_EVENT_INVALID
   */
  append(event: AuditEvent): Promise<AuditEntry>
  /** False from a failed write until the next one that succeeds. */
  readonly healthy: boolean
  /** Writes what is queued and the farewell; then nothing more is taken. */
  close(): Promise<void>
}

/** What a journal is made of. */
export interface JournalDeps {
  readonly store: AuditStore
  readonly clock: Clock
  /** Masks secrets in a text or in any value made of texts; runs before anything is hashed. */
  readonly redactValue: <T>(value: T) => T
  readonly writer: { readonly version: string; readonly pid: number }
  /** For the name of this writer; the platform's random source if left out. */
  readonly ids?: IdSource
}

interface Queued {
  readonly event: FittedEvent
  readonly resolve: (entry: AuditEntry) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Opens the journal for one process and writes its `open` entry; intents of dead writers become `orphaned`.
 *
 * @throws AUDIT_CHAIN_BROKEN, AUDIT_ROLLED_BACK, or the store's own codes: nothing may run without a journal
 */
export async function openJournal(deps: JournalDeps): Promise<Journal> {
  const journal = new ChainedJournal(deps)
  await journal.open()
  return journal
}

class ChainedJournal implements Journal {
  healthy = true
  readonly #deps: JournalDeps
  readonly #name: string
  readonly #queue: Queued[] = []
  /** Outcomes owed to intents: what could not be written when it happened. By operation_id. */
  readonly #owed = new Map<string, FittedEvent>()
  #pumping: Promise<void> | undefined
  #isClosed = false

  constructor(deps: JournalDeps) {
    this.#deps = deps
    this.#name = (deps.ids ?? randomIds).next('w')
  }

  async open(): Promise<void> {
    const { store, writer } = this.#deps
    const detail = { version: writer.version, pid: writer.pid, identity: store.identity }
    await this.#commit((draft, head) => {
      addOrphans(draft, head, (identity) => store.isGone(identity))
      draft.note('open', detail)
    })
  }

  append(event: AuditEvent): Promise<AuditEntry> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) throw auditErrors.error('AUDIT_UNAVAILABLE', { message: 'The journal is closed.' })
      this.#queue.push({ event: fitEvent(event, this.#deps.redactValue), resolve, reject })
      this.#pumping ??= this.#pump()
    })
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#pumping
    try {
      await this.#commit((draft) => {
        draft.note('close', { writer: this.#name })
      })
    } finally {
      await this.#deps.store.close()
    }
  }

  async #pump(): Promise<void> {
    // One turn of the loop, so that calls made together are written together.
    await Promise.resolve()
    while (this.#queue.length > 0) await this.#writeSome(this.#queue.splice(0, batchEntries))
    this.#pumping = undefined
  }

  async #writeSome(queued: readonly Queued[]): Promise<void> {
    try {
      const entries = await this.#commit((draft) => queued.map(({ event }) => draft.add(event)))
      for (const [index, { resolve, reject }] of queued.entries()) {
        const entry = entries?.[index]
        if (entry === undefined) reject(unavailable(undefined))
        else resolve(entry)
      }
    } catch (cause) {
      for (const { event } of queued) this.#remember(event)
      for (const { reject } of queued) reject(unavailable(cause))
    }
  }

  async #commit<T>(add: (draft: Draft, head: ChainHead) => T): Promise<T | undefined> {
    let result: T | undefined
    let paid: readonly string[] = []
    const build = (head: ChainHead): Batch => {
      const draft = new Draft(head, this.#deps.clock, this.#name)
      addPreamble(draft, head, this.#deps.writer.version)
      paid = this.#payOwed(draft, head)
      result = add(draft, head)
      return { lines: draft.lines }
    }
    try {
      await this.#deps.store.commit(build)
    } catch (error) {
      this.healthy = false
      throw error
    }
    this.healthy = true
    for (const operationId of paid) this.#owed.delete(operationId)
    return result
  }

  /** Outcomes that could not be written stand first once the disk takes entries again. */
  #payOwed(draft: Draft, head: ChainHead): readonly string[] {
    for (const [operationId, outcome] of this.#owed) if (head.pending.has(operationId)) draft.add(outcome)
    return [...this.#owed.keys()]
  }

  /** A write that failed may have reached the disk all the same, so an intent is owed the end that it had: none. */
  #remember(event: FittedEvent): void {
    if (event.operation_id === undefined) return
    if (event.kind === 'outcome') this.#owed.set(event.operation_id, event)
    if (event.kind !== 'intent') return
    this.#owed.set(event.operation_id, {
      kind: 'outcome',
      operation_id: event.operation_id,
      status: 'error',
      code: 'AUDIT_UNAVAILABLE',
      detail: { reason: 'the intent could not be made durable; nothing was carried out' },
    })
  }
}

function unavailable(cause: unknown): Error {
  const reason = isSshMcpError(cause) ? ` ${cause.message}` : ''
  const message = `The audit journal could not be written.${reason}`
  return auditErrors.error('AUDIT_UNAVAILABLE', { message, cause })
}
