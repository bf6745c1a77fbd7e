import type { RedTeam } from './red-team.ts'

/** A way in which a model might get an operation run that nobody approved. */
export interface Route {
  readonly kind: string
  /** What is tried. */
  readonly attempt: string
  /** How the last move ends: the code of the refusal, or what became of the process. */
  readonly ends: string
  /** Why it fails, for a person to read. */
  readonly why: string
  /** Executions that a person did approve on the way; 0 when left out. */
  readonly approvedRuns?: number
  /** Plays it; gives how the last move ended. */
  readonly play: (red: RedTeam) => Promise<string>
}
