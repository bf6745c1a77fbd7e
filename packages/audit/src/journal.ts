import { type Clock, type IdSource, isSshMcpError, randomIds } from '@sshmcp/kernel'
import type { AuditEntry, AuditEvent } from './audit-event.ts'
import type { AuditStore, ChainHead } from './audit-store.ts'
import { Composer, defaultLimits, type JournalLimits, type Occasion } from './composer.ts'
import type { Draft } from './draft.ts'
import { auditErrors } from './errors.ts'
import { type FittedEvent, fitEvent } from './fitted-event.ts'
import { OwedOutcomes } from './owed-outcomes.ts'
import { addOrphans } from './preamble.ts'
import type { NoteSigner } from './signed-note.ts'

/** Entries that share one flush at most. */
const batchEntries = 128

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
  /** Signs what is not yet signed, and publishes it. @throws AUDIT_UNAVAILABLE */
  checkpoint(): Promise<void>
  /** Writes what is queued, the farewell and a signature; then nothing more is taken. */
  close(): Promise<void>
}

/** What a journal is made of. */
export interface JournalDeps {
  readonly store: AuditStore
  readonly clock: Clock
  /** Masks secrets in a text or in any value made of texts; runs before anything is hashed. */
  readonly redactValue: <T>(value: T) => T
  readonly writer: { readonly version: string; readonly pid: number }
  /** Signs checkpoints. Without it the journal is a chain only, whose end can be cut off unseen. */
  readonly signer?: NoteSigner | undefined
  /** For the name of this writer; the platform's random source if left out. */
  readonly ids?: IdSource | undefined
  readonly limits?: Partial<JournalLimits> | undefined
}

interface Queued {
  readonly event: FittedEvent
  readonly resolve: (entry: AuditEntry) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Opens the journal for one process and writes its `open` entry; intents of dead writers become `orphaned`.
 *
 * @throws AUDIT_CHAIN_BROKEN, AUDIT_ROLLED_BACK, AUDIT_KEY_CHANGED, or the store's own codes: nothing may run without a
 *   journal
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
  readonly #composer: Composer
  readonly #queue: Queued[] = []
  readonly #owed = new OwedOutcomes()
  readonly #checkpointMs: number
  #pumping: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(deps: JournalDeps) {
    const limits = { ...defaultLimits, ...deps.limits }
    this.#deps = deps
    this.#name = (deps.ids ?? randomIds).next('w')
    this.#checkpointMs = limits.checkpointSeconds * 1_000
    const { clock, signer } = deps
    this.#composer = new Composer({ clock, signer, limits, writer: this.#name, version: deps.writer.version })
  }

  async open(): Promise<void> {
    const { store, writer } = this.#deps
    const detail = { version: writer.version, pid: writer.pid, identity: store.identity }
    await this.#commit('forced', (draft, head) => {
      this.#composer.inspect(head)
      addOrphans(draft, head, (identity) => store.isGone(identity))
      draft.own('open', detail)
    })
  }

  append(event: AuditEvent): Promise<AuditEntry> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) throw auditErrors.error('AUDIT_UNAVAILABLE', { message: 'The journal is closed.' })
      this.#queue.push({ event: fitEvent(event, this.#deps.redactValue), resolve, reject })
      this.#pumping ??= this.#pump()
    })
  }

  async checkpoint(): Promise<void> {
    try {
      await this.#commit('forced', () => {})
    } catch (cause) {
      throw unavailable(cause)
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#pumping
    try {
      await this.#commit('forced', (draft) => {
        draft.own('close', { writer: this.#name })
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
    let entries: readonly AuditEntry[] = []
    try {
      await this.#commit('routine', (draft) => {
        entries = queued.map(({ event }) => draft.add(event))
      })
    } catch (cause) {
      for (const { event, reject } of queued) {
        this.#owed.remember(event)
        reject(unavailable(cause))
      }
      return
    }
    for (const [index, { resolve, reject }] of queued.entries()) {
      const entry = entries[index]
      if (entry === undefined) reject(unavailable(undefined))
      else resolve(entry)
    }
    this.#signLater()
  }

  async #commit(occasion: Occasion, fill: (draft: Draft, head: ChainHead) => void): Promise<void> {
    try {
      await this.#deps.store.commit((head) =>
        this.#composer.compose(head, occasion, (draft) => {
          this.#owed.pay(draft, head)
          fill(draft, head)
        }),
      )
    } catch (error) {
      this.healthy = false
      throw error
    }
    this.healthy = true
    this.#owed.settle()
  }

  /** Signs what the last writes left unsigned if nothing else comes along to do it. */
  #signLater(): void {
    if (this.#deps.signer === undefined || this.#timer !== undefined || this.#isClosed) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      // A failure shows in `healthy`; the next write signs instead.
      this.checkpoint().catch(() => {})
    }, this.#checkpointMs)
    this.#timer.unref()
  }
}

function unavailable(cause: unknown): Error {
  const reason = isSshMcpError(cause) ? ` ${cause.message}` : ''
  const message = `The audit journal could not be written.${reason}`
  return auditErrors.error('AUDIT_UNAVAILABLE', { message, cause })
}
