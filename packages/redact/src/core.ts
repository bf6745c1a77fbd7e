import { type Redactor, type RedactorOptions, redactorOver } from './redactor.ts'

export { RedactError, type RedactErrorCode, type RedactErrorEntry, redactErrors } from './errors.ts'
export { type OwnRule, parseRules, type RuleFile } from './own-rules.ts'
export type { Findings, RedactionStream, Redactor, RedactorOptions } from './redactor.ts'
export { redactionTransform } from './transform.ts'

/**
 * A redactor without the vendors' token formats: names, headers, URLs, keys, hashes and states only. Small.
 *
 * @throws as `createRedactor` of `@sshmcp/redact`
 */
export function createCoreRedactor(options: RedactorOptions = {}): Redactor {
  return redactorOver(() => [], options)
}
