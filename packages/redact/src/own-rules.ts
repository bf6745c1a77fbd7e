import { canBegin } from './can-begin.ts'
import { redactErrors } from './errors.ts'
import { checkPattern } from './pattern-check.ts'
import { parsePattern } from './pattern-parse.ts'
import type { Rule } from './rule.ts'

/** A rule of the installation. */
export interface OwnRule {
  /** Stands in the placeholder: lower-case letters, digits and hyphens. */
  readonly id: string
  /** A regular expression whose every repetition has an upper bound. Its first group, if any, is what is masked. */
  readonly pattern: string
  /** Literals (three characters or more), one of which begins every match. */
  readonly prefixes: readonly string[]
  /** Upper and lower case alike. */
  readonly ignoreCase?: boolean
}

/** What `redaction.json` holds. */
export interface RuleFile {
  readonly rules: readonly OwnRule[]
  readonly allow: readonly string[]
}

const invalid = (field: string, message: string) =>
  redactErrors.error('REDACT_RULES_INVALID', field === '' ? { message } : { field, message: `${field}: ${message}` })

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @throws REDACT_RULES_INVALID unless it is a list of texts, none shorter than that */
function strings(value: unknown, field: string, shortest = 1): readonly string[] {
  if (!Array.isArray(value)) throw invalid(field, 'a list of texts is asked for')
  return value.map((item: unknown, index) => {
    if (typeof item !== 'string' || item.length < shortest) throw invalid(`${field}[${index}]`, 'a text is asked for')
    return item
  })
}

function known(value: Readonly<Record<string, unknown>>, names: readonly string[], field: string): void {
  // As in the other files, `_` begins a note.
  for (const name of Object.keys(value))
    if (!names.includes(name) && !name.startsWith('_'))
      throw invalid(field === '' ? name : `${field}.${name}`, 'this field is not known')
}

function parseRule(value: unknown, field: string): OwnRule {
  if (!isRecord(value)) throw invalid(field, 'an object is asked for')
  known(value, ['id', 'pattern', 'prefixes', 'ignoreCase'], field)
  const { id, pattern, ignoreCase } = value
  if (typeof id !== 'string' || !/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/.test(id))
    throw invalid(`${field}.id`, 'lower-case letters, digits and hyphens, at most 60')
  if (typeof pattern !== 'string') throw invalid(`${field}.pattern`, 'a regular expression is asked for')
  if (ignoreCase !== undefined && typeof ignoreCase !== 'boolean') throw invalid(`${field}.ignoreCase`, 'true or false')
  const prefixes = strings(value.prefixes, `${field}.prefixes`)
  const rule: OwnRule = { id, pattern, prefixes, ...(ignoreCase === undefined ? {} : { ignoreCase }) }
  checkRule(rule, field)
  return rule
}

function checkRule(rule: OwnRule, field: string): void {
  if (rule.prefixes.length === 0) throw invalid(`${field}.prefixes`, 'at least one is needed')
  rule.prefixes.forEach((prefix, index) => {
    if (prefix.length < 3 || prefix.includes('\n'))
      throw invalid(`${field}.prefixes[${index}]`, 'three characters or more, in one line')
  })
  checkPattern(rule.pattern, `${field}.pattern`)
  const pattern = parsePattern(rule.pattern)
  rule.prefixes.forEach((prefix, index) => {
    // The pattern is tried only where a prefix stands: with a misspelt one the rule would mask nothing, and nobody would know.
    if (!canBegin(pattern, prefix, rule.ignoreCase === true))
      throw invalid(`${field}.prefixes[${index}]`, 'no match of the pattern begins with it')
  })
}

/**
 * Reads the content of `redaction.json`: `{ "rules": [...], "allow": [...] }`.
 *
 * @throws `REDACT_RULES_INVALID`, `REDACT_RULE_SLOW`, `REDACT_RULE_EMPTY`, with the field at fault.
 */
export function parseRules(json: unknown): RuleFile {
  if (!isRecord(json)) throw invalid('', 'an object with "rules" and "allow" is asked for')
  known(json, ['rules', 'allow', '$schema'], '')
  const list = json.rules ?? []
  if (!Array.isArray(list)) throw invalid('rules', 'a list is asked for')
  const rules = list.map((item: unknown, index) => parseRule(item, `rules[${index}]`))
  rules.forEach((rule, index) => {
    if (rules.findIndex((other) => other.id === rule.id) !== index)
      throw invalid(`rules[${index}].id`, 'another rule has this id')
  })
  return { rules, allow: json.allow === undefined ? [] : strings(json.allow, 'allow') }
}

/** Gives rules that were checked the form of the others. */
export function toRules(rules: readonly OwnRule[]): readonly Rule[] {
  return rules.map((rule) => ({
    id: rule.id,
    prefixes: rule.prefixes,
    pattern: rule.pattern,
    anyCase: rule.ignoreCase === true,
    examples: ['', ''],
    counterExamples: ['', ''],
  }))
}

/** Secrets as a program names them. Left out is none; one that is missing in the environment is a mistake to be told of. */
export function parseSecrets(value: unknown): readonly string[] {
  return strings(value, 'secrets', 0)
}
