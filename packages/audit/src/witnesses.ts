import type { Anchor } from './anchor.ts'
import type { AuditEntry } from './audit-event.ts'
import type { AuditSource } from './audit-store.ts'
import type { ChainScan, ScanWatcher } from './chain-scan.ts'
import { claimedCheckpoint, noteIn } from './checkpoint.ts'
import { isRecord } from './entry-line.ts'
import { type NoteVerifier, openNote, parseVerifier } from './signed-note.ts'
import type { VerifyOptions } from './verify-options.ts'
import type { FirstBad, TrustLevel, Verdict, VerifyReport } from './verify-report.ts'

/** A checkpoint that is known from outside of the chain. */
interface Outside {
  readonly size: number
  /** Undefined: the `checkpoint` file. */
  readonly anchor: Anchor | undefined
}

/** Everything that speaks for or against a journal besides its own chain. */
export class Witnesses implements ScanWatcher {
  provenSize = 0
  readonly #trusted: NoteVerifier | undefined
  readonly #signer: NoteVerifier | undefined
  readonly #isThorough: boolean
  readonly #note: string | undefined
  readonly #wasDescribed: boolean
  /** Smallest first. */
  readonly #outside: readonly Outside[]
  readonly #warnings: string[] = []
  #next = 0
  #fileSize = 0
  #newest: { readonly seq: number; readonly note: string } | undefined
  #anchored: VerifyReport['anchored']

  private constructor(parts: {
    readonly trusted: NoteVerifier | undefined
    readonly signer: NoteVerifier | undefined
    readonly note: string | undefined
    readonly wasDescribed: boolean
    readonly outside: readonly Outside[]
    readonly warnings: readonly string[]
    readonly isThorough: boolean
  }) {
    this.#trusted = parts.trusted
    this.#signer = parts.signer
    this.#isThorough = parts.isThorough
    this.#note = parts.note
    this.#wasDescribed = parts.wasDescribed
    this.#outside = [...parts.outside].sort((a, b) => a.size - b.size)
    this.#warnings.push(...parts.warnings)
  }

  static async gather(source: AuditSource, options: VerifyOptions, isThorough: boolean): Promise<Witnesses> {
    const { trusted, anchors = [] } = options
    const description = await source.description()
    const note = await source.note()
    const signer = trusted ?? describedKey(description)
    const outside: Outside[] = []
    const warnings: string[] = []
    if (note === undefined && description !== undefined) {
      warnings.push('There is no checkpoint file beside the journal, so its end may be missing.')
    }
    if (note !== undefined && signer !== undefined) {
      const size = openNote(note, signer) === undefined ? undefined : claimedCheckpoint(note)?.size
      if (size === undefined) warnings.push('The checkpoint file is not one that the key signed.')
      else outside.push({ size, anchor: undefined })
    }
    for (const anchor of anchors) {
      try {
        for (const size of await anchor.sizes()) outside.push({ size, anchor })
      } catch (error) {
        warnings.push(`${anchor.name} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    return new Witnesses({
      trusted,
      signer,
      note,
      wasDescribed: description !== undefined,
      outside,
      warnings,
      isThorough,
    })
  }

  get nextSize(): number {
    return this.#outside[this.#next]?.size ?? Number.POSITIVE_INFINITY
  }

  skipTo(size: number): void {
    this.provenSize = size
    while (this.nextSize <= size) this.#next += 1
  }

  checkpoint(entry: AuditEntry, before: string): FirstBad | undefined {
    if (this.#signer === undefined) return undefined
    const note = noteIn(entry)
    const claimed = claimedCheckpoint(note)
    const fits = claimed?.size === entry.seq && claimed.leaf === before
    if (fits) {
      this.#newest = { seq: entry.seq, note }
      this.provenSize = entry.seq
    }
    // The newest signature speaks for all before it, so one check at the end is enough, unless that one fails.
    if (fits && !this.#isThorough) return undefined
    const isSigned = openNote(note, this.#signer) !== undefined
    if (fits && isSigned) return undefined
    // Whose fault is it? If the signature holds, the entries before were exchanged; if not, this entry was.
    const place = { segment: '', offset: 0 }
    return isSigned
      ? { ...place, seq: this.provenSize, problem: 'not what was signed' }
      : { ...place, seq: entry.seq, problem: 'signed by nobody we trust' }
  }

  /** False when the newest checkpoint in the chain turns out not to be signed: then each has to be looked at. */
  get isNewestSigned(): boolean {
    const newest = this.#newest
    return newest === undefined || this.#signer === undefined || openNote(newest.note, this.#signer) !== undefined
  }

  proves(note: string | undefined, size: number, leaf: string): boolean {
    if (note === undefined || this.#signer === undefined || openNote(note, this.#signer) === undefined) return false
    const claimed = claimedCheckpoint(note)
    return claimed?.size === size && claimed.leaf === leaf
  }

  claimedLeaf(size: number): string | undefined {
    const claimed = this.#note === undefined ? undefined : claimedCheckpoint(this.#note)
    return claimed?.size === size ? claimed.leaf : undefined
  }

  async reached(size: number, leaf: string): Promise<FirstBad['problem'] | undefined> {
    for (; this.nextSize === size; this.#next += 1) {
      const outside = this.#outside[this.#next]
      const problem = outside === undefined ? undefined : await this.#compare(outside, leaf)
      if (problem !== undefined) return problem
    }
    return undefined
  }

  async #compare({ size, anchor }: Outside, leaf: string): Promise<FirstBad['problem'] | undefined> {
    const kept = anchor === undefined ? { note: this.#note ?? '', time: '' } : await anchor.read(size)
    if (kept === undefined) return undefined
    const isSigned = this.#trusted !== undefined && openNote(kept.note, this.#trusted) !== undefined
    const claimed = claimedCheckpoint(kept.note)
    if (claimed?.size === size && claimed.leaf === leaf) {
      this.provenSize = size
      if (anchor === undefined) this.#fileSize = isSigned ? size : 0
      else if (isSigned) this.#anchored = { size, name: anchor.name, time: kept.time }
      return undefined
    }
    if (anchor === undefined) return 'not what was signed'
    if (isSigned) return 'not what is anchored'
    this.#warnings.push(`${anchor.name} holds something under ${size} that the key did not sign.`)
    return undefined
  }

  async judge(scan: ChainScan, fromSeq: number): Promise<VerifyReport> {
    let { firstBad } = scan
    const knownSize = Math.max(scan.size, await this.#knownBeyond())
    if (firstBad === undefined && knownSize > scan.size && scan.size > 0) {
      firstBad = { seq: scan.size, segment: '', offset: 0, problem: 'ends here' }
    }
    const level = this.#level(firstBad, scan.size)
    const verdict = this.#verdict(scan, firstBad, knownSize, level)
    const signedSize = this.#trusted === undefined ? 0 : Math.max(this.#newest?.seq ?? 0, this.#fileSize)
    const { size, recovered, tailBytes, clockRegressions } = scan
    const isIntact = verdict.startsWith('OK') || verdict === 'INCOMPLETE_TAIL' || verdict === 'EMPTY'
    return {
      ...{ verdict, level, isIntact, fromSeq, size, firstBad, signedSize, knownSize, recovered, tailBytes },
      ...{ anchored: this.#anchored, clockRegressions, warnings: this.#warnings },
    }
  }

  /** The largest signed checkpoint that lies behind the end of what was read. */
  async #knownBeyond(): Promise<number> {
    for (let at = this.#outside.length - 1; at >= this.#next; at--) {
      const outside = this.#outside[at]
      if (outside?.anchor === undefined) return outside?.size ?? 0
      const kept = await outside.anchor.read(outside.size)
      if (this.#trusted === undefined || (kept !== undefined && openNote(kept.note, this.#trusted) !== undefined)) {
        return outside.size
      }
    }
    return 0
  }

  #level(firstBad: FirstBad | undefined, size: number): TrustLevel {
    if (firstBad !== undefined || size === 0) return 'none'
    if (this.#trusted === undefined) return 'chain'
    if (this.#anchored !== undefined) return 'anchored'
    return this.#fileSize > 0 ? 'signed' : 'chain'
  }

  #verdict(scan: ChainScan, firstBad: FirstBad | undefined, knownSize: number, level: TrustLevel): Verdict {
    if (firstBad?.problem === 'not what is anchored') return 'FORKED'
    if (firstBad?.problem === 'ends here') return 'TRUNCATED'
    if (firstBad !== undefined) return 'TAMPERED'
    if (scan.size === 0) return knownSize > 0 || this.#wasDescribed || this.#note !== undefined ? 'MISSING' : 'EMPTY'
    if (scan.tailBytes > 0) return 'INCOMPLETE_TAIL'
    if (level === 'anchored') return 'OK_ANCHORED'
    return level === 'signed' ? 'OK_SIGNED' : 'OK_CHAIN_ONLY'
  }
}

function describedKey(description: string | undefined): NoteVerifier | undefined {
  if (description === undefined) return undefined
  try {
    const value: unknown = JSON.parse(description)
    return isRecord(value) && typeof value.vkey === 'string' ? parseVerifier(value.vkey) : undefined
  } catch {
    return undefined
  }
}
