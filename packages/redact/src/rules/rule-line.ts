import type { Rule } from '../rule.ts'

/** What a rule may have beyond its form. */
export type RuleExtras = Pick<Rule, 'entropy' | 'stopWords' | 'anyCase' | 'inWord'>

/** One rule in few lines: id, prefixes, pattern, what must be found, what must be left alone. */
export const rule = (
  id: string,
  prefixes: string,
  pattern: string,
  examples: readonly [string, string],
  counterExamples: readonly [string, string],
  extras: RuleExtras = {},
): Rule => ({ id, prefixes: prefixes.split(' '), pattern, examples, counterExamples, ...extras })
