import type { Clock } from '@sshmcp/kernel'
import type { Batch, ChainHead } from './audit-store.ts'
import { canonicalJson } from './canonical-json.ts'
import { addCheckpoint, claimedCheckpoint, noteOver } from './checkpoint.ts'
import { Draft } from './draft.ts'
import { auditErrors } from './errors.ts'
import { addPreamble } from './preamble.ts'
import { type NoteSigner, openNote } from './signed-note.ts'

/** When a file is full and when something is signed. */
export interface JournalLimits {
  /** A segment is sealed at this size. */
  readonly segmentBytes: number
  /** … and at this age. */
  readonly segmentSeconds: number
  /** Activity is signed after this long at the latest. */
  readonly checkpointSeconds: number
}

/** 64 MiB or a day for a segment; a checkpoint within a minute of activity. */
export const defaultLimits: JournalLimits = {
  segmentBytes: 64 * 1024 * 1024,
  segmentSeconds: 86_400,
  checkpointSeconds: 60,
}

/** Entries after which a checkpoint follows: with the most that one batch holds it stays below 256. */
const checkpointEntries = 120
/** A checkpoint is published outside of the chain at most this often: that costs flushes of its own. */
const publishMs = 1_000

/** What a `Composer` is made of. */
export interface ComposerDeps {
  readonly clock: Clock
  readonly writer: string
  readonly version: string
  readonly signer: NoteSigner | undefined
  readonly limits: JournalLimits
}

/** Why a checkpoint is written: because it is time, because a writer comes or goes, or because someone asks. */
export type Occasion = 'routine' | 'forced'

/** Puts batches together: what must stand first, what is to be said, and the signature when it is due. */
export class Composer {
  readonly #deps: ComposerDeps
  #publishedAt = Number.NEGATIVE_INFINITY

  constructor(deps: ComposerDeps) {
    this.#deps = deps
  }

  /** Builds a batch behind `head`. */
  compose(head: ChainHead, occasion: Occasion, fill: (draft: Draft) => void): Batch {
    const { clock, writer, version, signer } = this.#deps
    const draft = new Draft(head, clock, writer)
    addPreamble(draft, head, version, signer?.vkey ?? '')
    fill(draft)
    const description = occasion === 'forced' ? this.#description() : undefined
    const seals = this.#isFull(head, draft)
    if (!seals && occasion === 'routine' && !this.#isDue(head, draft)) return { lines: draft.lines, description }
    if (signer === undefined) return { lines: draft.lines, description }
    if (draft.lines.length === 0 && draft.unsigned === 0) return { lines: [], note: noteOver(draft, signer) }
    addCheckpoint(draft, signer, seals)
    const isTimely = seals || occasion === 'forced' || clock.monotonic() - this.#publishedAt >= publishMs
    if (!isTimely) return { lines: draft.lines, description }
    this.#publishedAt = clock.monotonic()
    // Covers the checkpoint's own entry too.
    return { lines: draft.lines, description, note: noteOver(draft, signer) }
  }

  /**
   * Asks whether this writer may go on from `head`: nobody may sign two histories.
   *
   * @throws AUDIT_ROLLED_BACK, AUDIT_CHAIN_BROKEN, AUDIT_KEY_CHANGED
   */
  inspect(head: ChainHead): void {
    const { signer } = this.#deps
    if (signer === undefined) return
    const inChain = head.checkpoint
    if (inChain !== undefined && openNote(inChain.note, signer) === undefined) throw otherKey()
    if (head.published === undefined) return
    if (openNote(head.published, signer) === undefined) throw otherKey()
    const published = claimedCheckpoint(head.published)
    if (published === undefined) return
    if (published.size > head.size) {
      const message = `The journal ends after ${head.size} entries, but ${published.size} were signed.`
      throw auditErrors.error('AUDIT_ROLLED_BACK', { message })
    }
    const known = published.size === (inChain?.size ?? 0) + 1 ? inChain?.leaf : undefined
    if (known !== undefined && known !== published.leaf) {
      const message = `The first ${published.size} entries of the journal are not those that were signed.`
      throw auditErrors.error('AUDIT_CHAIN_BROKEN', { message })
    }
  }

  #description(): string {
    const { signer } = this.#deps
    return `${canonicalJson({ v: 1, hash: 'chain-sha256', origin: signer?.name ?? '', vkey: signer?.vkey ?? '' })}\n`
  }

  #isDue(head: ChainHead, draft: Draft): boolean {
    if (draft.unsigned >= checkpointEntries) return true
    const since = head.checkpoint?.time
    if (since === undefined) return true
    return this.#deps.clock.now() - Date.parse(since) >= this.#deps.limits.checkpointSeconds * 1_000
  }

  #isFull(head: ChainHead, draft: Draft): boolean {
    const { limits, clock } = this.#deps
    if (head.segment === undefined || head.segment.since === '') return false
    const age = clock.now() - Date.parse(head.segment.since)
    return head.segment.bytes + draft.bytes >= limits.segmentBytes || age >= limits.segmentSeconds * 1_000
  }
}

function otherKey(): Error {
  return auditErrors.error('AUDIT_KEY_CHANGED', {
    message: 'The journal was signed with another key than the one at hand.',
  })
}
