/** What a code means to the one who meets it. The same shape as in `@sshmcp/kernel`, which this package does not import. */
export interface RedactErrorEntry {
  readonly when: string
  readonly retry: 'no' | 'yes' | 'later'
  readonly next: string
}

/** The codes of this package. */
export type RedactErrorCode = 'REDACT_RULES_INVALID' | 'REDACT_RULE_SLOW' | 'REDACT_RULE_EMPTY' | 'REDACT_NOT_TEXT'

const table: Readonly<Record<RedactErrorCode, RedactErrorEntry>> = {
  REDACT_RULES_INVALID: {
    when: 'redaction.json, or what a program hands to a redactor, is not of the form that is asked for, or a pattern does not compile',
    retry: 'no',
    next: 'Correct the place that is named, in redaction.json or in the program, and start again.',
  },
  REDACT_RULE_SLOW: {
    when: 'a pattern could take more than linear time: an open-ended, nested or ambiguous repetition, a lookaround or a backreference',
    retry: 'no',
    next: 'Give every repetition an upper bound, such as {16,64}, and keep neighbouring parts distinct.',
  },
  REDACT_RULE_EMPTY: {
    when: 'a pattern can match the empty text or too little of it to mean anything',
    retry: 'no',
    next: 'Let the pattern ask for at least four characters.',
  },
  REDACT_NOT_TEXT: {
    when: 'something other than a text was to be redacted, such as bytes, in which nothing would be recognised',
    retry: 'no',
    next: 'Decode bytes first, those of a stream by TextDecoderStream or setEncoding, so that no character is cut.',
  },
}

const brand = Symbol.for('@sshmcp/error')

/** A refused rule or input. Carries the family's error brand, so that `isSshMcpError` of `@sshmcp/kernel` knows it. */
export class RedactError extends Error {
  readonly [brand] = true
  override readonly name = 'SshMcpError'
  readonly code: RedactErrorCode
  readonly next: string
  /** Path of the field at fault, such as `rules[2].pattern`. */
  readonly field: string | undefined
  readonly candidates: undefined
  readonly retryAfterSeconds: undefined

  constructor(code: RedactErrorCode, detail: { readonly message: string; readonly field?: string }) {
    super(detail.message)
    this.code = code
    this.next = table[code].next
    this.field = detail.field
  }
}

/** The codes with their meaning, and the one way to make such an error. */
export const redactErrors = {
  table,
  error: (code: RedactErrorCode, detail: { readonly message: string; readonly field?: string }) =>
    new RedactError(code, detail),
}
