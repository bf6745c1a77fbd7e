/** One line of `doctor`. */
export interface Check {
  readonly state: 'ok' | 'warn' | 'fail'
  /** What was looked at, in one or two words. */
  readonly what: string
  readonly text: string
  /** The exact thing to do; on every line that is not ok. */
  readonly cure?: string
  /** What `--fix` does about it, where that takes no decision. */
  readonly fix?: () => void
}

export function ok(what: string, text: string): Check {
  return { state: 'ok', what, text }
}

export function warn(what: string, text: string, cure: string): Check {
  return { state: 'warn', what, text, cure }
}

export function fail(what: string, text: string, cure: string): Check {
  return { state: 'fail', what, text, cure }
}
