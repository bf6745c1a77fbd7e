import { RE2JS } from 're2js'

/** A parameter's pattern: matched against the whole value, in time linear in its length. */
export interface Pattern {
  readonly source: string
  /** True when the pattern covers the value from its first character to its last. */
  covers(value: string): boolean
}

/** Longer patterns and bigger programs than these are a mistake, and every start would pay for them. */
const maxPatternLength = 1_000
const maxProgramSize = 10_000

/**
 * Compiles a pattern once, with RE2's syntax and guarantees: no look-around, no back-references, no backtracking.
 *
 * @returns the pattern, or in words what is wrong with it
 */
export function compilePattern(source: string): Pattern | { readonly fault: string } {
  if (source.length > maxPatternLength) return { fault: `is longer than ${maxPatternLength} characters` }
  try {
    const program = RE2JS.compile(source)
    if (program.programSize() > maxProgramSize) return { fault: 'is too big once its repeats are written out' }
    return { source, covers: (value) => program.matches(value) }
  } catch (error) {
    return { fault: explain(source, error) }
  }
}

/** A compiler that compiles each text once: the templates of a file share most of their patterns. */
export function patternCompiler(): typeof compilePattern {
  const compiled = new Map<string, ReturnType<typeof compilePattern>>()
  return (source) => {
    const known = compiled.get(source) ?? compilePattern(source)
    compiled.set(source, known)
    return known
  }
}

function explain(source: string, error: unknown): string {
  if (/\(\?<?[=!]/.test(source))
    return 'uses look-around, which no linear-time engine has; list what is allowed instead'
  if (/\\Z/.test(source)) return 'uses \\Z; leave it out, the whole value is matched anyway'
  if (/\\[1-9]|\(\?P=/.test(source)) return 'uses a back-reference, which no linear-time engine has'
  const reason = error instanceof Error ? error.message : String(error)
  if (/repeat count/.test(reason)) return 'repeats something more than 1000 times; use * or + and max_length'
  return `is not a regular expression (${reason})`
}
