import type { Anchor } from './anchor.ts'
import type { NoteVerifier } from './signed-note.ts'

/** What a verification may rely on. */
export interface VerifyOptions {
  /** The key that is known from outside of the journal. Without it signatures prove nothing to anybody. */
  readonly trusted?: NoteVerifier | undefined
  /** Places elsewhere that keep checkpoints. */
  readonly anchors?: readonly Anchor[] | undefined
  /** Begin at the newest checkpoint at or before this position, and believe its signature for what came before. */
  readonly fromSeq?: number | undefined
  readonly signal?: AbortSignal | undefined
}
