/** error: unsafe or refused. warning: very likely a mistake. note: works, and could mislead somebody. */
export type Severity = 'error' | 'warning' | 'note'

/** The rules, by their pinned ids, with what each is about. */
export const lintRules = {
  invalid: { severity: 'error', about: 'the entry is refused at start' },
  'placeholder-misplaced': {
    severity: 'error',
    about: 'a placeholder in a quote, sub-shell, comment or here-document',
  },
  'placeholder-undeclared': { severity: 'warning', about: 'something in braces that no parameter is named after' },
  'brace-escaped': { severity: 'warning', about: 'doubled braces of another template language, which become single' },
  'pattern-not-linear': { severity: 'error', about: 'a pattern that no linear-time engine can express' },
  'pattern-exponential': { severity: 'warning', about: 'a pattern on which a backtracking engine hangs' },
  'pattern-unanchored': { severity: 'warning', about: 'a pattern whose beginning or end lets anything through' },
  'pattern-empty': { severity: 'note', about: 'a pattern that matches the empty string' },
  'pattern-too-wide': { severity: 'warning', about: 'a pattern wider than its program needs' },
  'option-injection': { severity: 'error', about: 'a value that the program would take for an option' },
  'code-parameter': { severity: 'error', about: 'a value that a program would run as code' },
  'program-parameter': { severity: 'error', about: 'a value that chooses the program' },
  'path-secret': { severity: 'error', about: 'a value that names a file holding secrets' },
  'path-world-writable': { severity: 'warning', about: 'a value that names a place where anybody may write' },
  'sudo-free-word': { severity: 'error', about: 'a free word in a command that runs as root' },
  'risk-understated': { severity: 'error', about: 'a command that changes something and is called low' },
  'role-wider-than-risk': { severity: 'warning', about: 'a role that may never run a template of this risk' },
  'description-missing': { severity: 'note', about: 'no description of a template or parameter' },
  'example-missing': { severity: 'note', about: 'no example of a parameter' },
  'example-refused': { severity: 'warning', about: 'an example that the parameter itself refuses' },
} as const satisfies Readonly<Record<string, { readonly severity: Severity; readonly about: string }>>

/** The id of a lint rule; ids are never renamed. */
export type LintRule = keyof typeof lintRules

/** Something a reader of a template should know, as data. */
export interface Finding {
  readonly rule: LintRule
  readonly severity: Severity
  /** Index of the template in the list; undefined when the text as a whole is at fault. */
  readonly index?: number
  readonly templateId?: string
  /** The parameter at fault, if one is. */
  readonly param?: string
  /** What is wrong, in one sentence. */
  readonly message: string
  /** What to write instead. */
  readonly cure: string
  /** A value that shows it, and what it does. */
  readonly counterExample?: { readonly value: string; readonly effect: string }
}

/** A finding before it knows where it stands. */
export type Complaint = Omit<Finding, 'severity' | 'index' | 'templateId'> & { readonly severity?: Severity }
