import { type Redactor, type RedactorOptions, redactorOver } from './redactor.ts'
import { vendorRules } from './rules/index.ts'

export { RedactError, type RedactErrorCode, type RedactErrorEntry, redactErrors } from './errors.ts'
export { type OwnRule, parseRules, type RuleFile } from './own-rules.ts'
export type { Findings, RedactionStream, Redactor, RedactorOptions } from './redactor.ts'
export { redactionTransform } from './transform.ts'

/**
 * A redactor with everything: names, headers, URLs, private keys, hashes, states and the vendors' token formats.
 *
 * Nothing is compiled before the first text.
 *
 * @throws `REDACT_RULES_INVALID`, `REDACT_RULE_SLOW`, `REDACT_RULE_EMPTY` for the options, with the field at fault
 *
 * @example
 * const redactor = createRedactor({ secrets: [databasePassword] })
 * redactor.redact('DB_PASSWORD=hunter2').text // 'DB_PASSWORD=[REDACTED:password]'
 */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  return redactorOver(vendorRules, options)
}
