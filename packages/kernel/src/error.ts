const brand = Symbol.for('@sshmcp/error')

/** What a code means to the one who meets it. One entry per code; `docs/errors.md` is generated from these tables. */
export interface ErrorEntry {
  /** When it happens, as the end of a sentence: "the host is not in hosts.json". */
  readonly when: string
  /** Would the same call, sent again, help? */
  readonly retry: 'no' | 'yes' | 'later'
  /** The one thing to do now, unless the place that throws knows better. */
  readonly next: string
}

/** What is said of one failure, beside its code. */
export interface ErrorDetail {
  /** What went wrong and where. Safe to show: no secrets, no internals, no raw remote text. */
  readonly message: string
  /** The one thing to do now; the code's own sentence when left out. */
  readonly next?: string
  /** Path of the input field at fault, such as `params.lines`. */
  readonly field?: string
  /** Valid names near the one that was given, best first. */
  readonly candidates?: readonly string[]
  readonly retryAfterSeconds?: number
  /** Internals for a debugger. Never leaves the process. */
  readonly cause?: unknown
}

/** A failure with a code. Its message may be shown; its `cause` may not. */
export class SshMcpError<Code extends string = string> extends Error {
  readonly [brand] = true
  override readonly name = 'SshMcpError'
  readonly code: Code
  readonly next: string
  readonly field: string | undefined
  readonly candidates: readonly string[] | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: Code, detail: ErrorDetail & { readonly next: string }) {
    super(detail.message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.code = code
    this.next = detail.next
    this.field = detail.field
    this.candidates = detail.candidates
    this.retryAfterSeconds = detail.retryAfterSeconds
  }
}

/** Recognises the error across copies of this package, where `instanceof` would not. */
export function isSshMcpError(value: unknown): value is SshMcpError {
  return typeof value === 'object' && value !== null && brand in value
}

/** The codes of a package, and the one way to make an error of them. */
export interface ErrorFamily<Code extends string> {
  readonly table: Readonly<Record<Code, ErrorEntry>>
  error(code: Code, detail: ErrorDetail): SshMcpError<Code>
}

/**
 * Declares a package's closed set of codes.
 *
 * @example
 * const clockErrors = defineErrors({
 *   CLOCK_BACKWARDS: { when: 'the clock went back', retry: 'later', next: 'Check the time service of this machine.' },
 * })
 * throw clockErrors.error('CLOCK_BACKWARDS', { message: 'The clock went back by 5 s.' })
 */
export function defineErrors<Code extends string>(table: Readonly<Record<Code, ErrorEntry>>): ErrorFamily<Code> {
  return {
    table,
    error: (code, detail) => new SshMcpError(code, { ...detail, next: detail.next ?? table[code].next }),
  }
}
