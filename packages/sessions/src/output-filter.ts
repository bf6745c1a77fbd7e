/**
 * One stream's redactor. Text goes in as it arrives; what comes out is safe to keep. It may hold text back until it knows
 * whether a secret goes on.
 */
export interface OutputFilter {
  write(text: string): string
  /** The rest, when the stream has ended. */
  end(): string
  /** How often each rule matched so far. */
  readonly findings: Readonly<Record<string, number>>
}
