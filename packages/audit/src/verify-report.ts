/**
 * What can be said of a journal.
 *
 * `OK_ANCHORED`: whole, signed, and agreeing with a copy of a checkpoint that is kept elsewhere. `OK_SIGNED`: whole and
 * signed; whoever holds the key and the folder could have rewritten it. `OK_CHAIN_ONLY`: whole, but no signature that
 * was asked to be trusted covers it, so its end may be missing. `INCOMPLETE_TAIL`: whole, and after it bytes that a crash
 * left half-written, which were never acknowledged. `EMPTY`: nothing was ever written. `MISSING`: something was, and is
 * gone. `TRUNCATED`: it ends before a checkpoint that was signed. `TAMPERED`: it is not as it was written. `FORKED`: it
 * is signed, but an anchor holds another history.
 */
export type Verdict =
  | 'OK_ANCHORED'
  | 'OK_SIGNED'
  | 'OK_CHAIN_ONLY'
  | 'INCOMPLETE_TAIL'
  | 'EMPTY'
  | 'MISSING'
  | 'TRUNCATED'
  | 'TAMPERED'
  | 'FORKED'

/** How strong the proof is, from nothing to a copy elsewhere. */
export const trustLevels = ['none', 'chain', 'signed', 'anchored'] as const
/** One of {@link trustLevels}. */
export type TrustLevel = (typeof trustLevels)[number]

/** Where a journal stops being what was written. */
export interface FirstBad {
  /** Position of the first entry that is not as it was written, or is missing. */
  readonly seq: number
  readonly segment: string
  /** Byte offset in the segment at which it was noticed. */
  readonly offset: number
  readonly problem:
    | 'changed'
    | 'missing or out of order'
    | 'bytes that nobody recorded'
    | 'signed by nobody we trust'
    | 'not what was signed'
    | 'not what is anchored'
    | 'ends here'
}

/** What a verification found. */
export interface VerifyReport {
  readonly verdict: Verdict
  readonly level: TrustLevel
  /** True for the verdicts that mean whole. */
  readonly isIntact: boolean
  /** First position that was looked at. */
  readonly fromSeq: number
  /** Entries that follow one another, up to the end or the first bad one; their last position plus one. */
  readonly size: number
  readonly firstBad: FirstBad | undefined
  /** Entries under the newest trusted signature; the rest is held by the chain alone. */
  readonly signedSize: number
  /** Entries under the newest anchor, and the time the anchor was made. */
  readonly anchored: { readonly size: number; readonly name: string; readonly time: string } | undefined
  /** The largest checkpoint known from outside of the chain. */
  readonly knownSize: number
  /** Pieces that a crash left and that a `recover` entry names. */
  readonly recovered: number
  /** Bytes after the last entry. */
  readonly tailBytes: number
  /** Entries that are more than 2 s older than the one before: a clock was set back. Not tampering. */
  readonly clockRegressions: number
  /** What is odd but breaks nothing. */
  readonly warnings: readonly string[]
}

/** One line for people. Never a bare OK: it says what the proof rests on. */
export function describeReport(report: VerifyReport): string {
  const { verdict, size, signedSize, anchored, firstBad, knownSize } = report
  const bad =
    firstBad === undefined
      ? ''
      : ` at entry ${firstBad.seq} (${firstBad.segment}.jsonl, byte ${firstBad.offset}): ${firstBad.problem}`
  const anchor =
    anchored === undefined ? 'NOT ANCHORED' : `anchored up to ${anchored.size} (${anchored.name}, ${anchored.time})`
  const held = signedSize > 0 ? `signed up to ${signedSize}, ${anchor}` : `NOT SIGNED, ${anchor}`
  switch (verdict) {
    case 'OK_ANCHORED':
    case 'OK_SIGNED':
    case 'OK_CHAIN_ONLY':
      return `OK up to ${size}: ${held}`
    case 'INCOMPLETE_TAIL':
      return `OK up to ${size}, then ${report.tailBytes} bytes that were never acknowledged: ${held}`
    case 'EMPTY':
      return 'There is no journal yet.'
    case 'MISSING':
      return `MISSING: a journal was kept here (at least ${knownSize} entries) and is gone`
    case 'TRUNCATED':
      return `TRUNCATED at ${size}, checkpoint ${knownSize}: ${knownSize - size} entries are missing`
    case 'TAMPERED':
    case 'FORKED':
      return `${verdict}${bad}`
  }
}
