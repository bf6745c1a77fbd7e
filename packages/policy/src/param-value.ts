import { nearest, printable, type SshMcpError } from '@sshmcp/kernel'
import { policyErrors } from './errors.ts'
import type { TemplateParam } from './template.ts'

/** A value as a caller may send it. */
export type ParamValue = string | number | boolean

/**
 * Turns what a caller sent into one checked text per parameter.
 *
 * @throws POLICY_PARAM_UNKNOWN, POLICY_PARAM_MISSING, POLICY_PARAM_TYPE, POLICY_PARAM_TOO_LONG, POLICY_PARAM_UNSAFE,
 * POLICY_PARAM_MISMATCH, each with the field `params.<name>`
 */
export function checkValues(
  params: readonly TemplateParam[],
  given: Readonly<Record<string, ParamValue>>,
): ReadonlyMap<string, string> {
  const names = params.map((param) => param.name)
  for (const name of Object.keys(given)) if (!names.includes(name)) throw unknownParam(name, names)
  return new Map(params.map((param) => [param.name, checkValue(param, ownValue(given, param.name))]))
}

function ownValue(given: Readonly<Record<string, ParamValue>>, name: string): ParamValue | undefined {
  return Object.hasOwn(given, name) ? given[name] : undefined
}

function unknownParam(name: string, names: readonly string[]): SshMcpError {
  const takes = names.length === 0 ? 'It takes none.' : `It takes ${names.join(', ')}.`
  const shown = printable(name.slice(0, 80))
  return policyErrors.error('POLICY_PARAM_UNKNOWN', {
    message: `The template has no parameter ${JSON.stringify(shown)}. ${takes}`,
    field: `params.${shown}`,
    candidates: nearest(name, names),
  })
}

function checkValue(param: TemplateParam, given: ParamValue | undefined): string {
  const text = given === undefined ? '' : asText(param, given)
  if (text === '') {
    if (param.default !== undefined) return param.default
    throw refuse('POLICY_PARAM_MISSING', param, 'needs a value')
  }
  const fault = findValueFault(param, text)
  if (fault) throw refuse(fault.code, param, fault.what)
  return text
}

function asText(param: TemplateParam, given: ParamValue): string {
  if (typeof given === 'string') return given
  if (typeof given === 'boolean' || Number.isSafeInteger(given)) return String(given)
  throw refuse('POLICY_PARAM_TYPE', param, 'is not text, a whole number or a boolean')
}

/** What keeps a text from being a value of a parameter; undefined when nothing does. */
export function findValueFault(param: TemplateParam, text: string) {
  // Counted in code points only when UTF-16 units leave it open.
  if (text.length > param.maxLength && [...text.slice(0, 2 * param.maxLength + 1)].length > param.maxLength) {
    return { code: 'POLICY_PARAM_TOO_LONG', what: `is longer than ${param.maxLength} characters` } as const
  }
  const unsafe = findUnsafe(param, text)
  if (unsafe) return { code: 'POLICY_PARAM_UNSAFE', what: unsafe } as const
  if (!param.pattern.covers(text)) {
    return { code: 'POLICY_PARAM_MISMATCH', what: 'does not match its pattern from beginning to end' } as const
  }
  return undefined
}

/**
 * Controls, line and paragraph separators, bidirectional and zero-width characters, lone surrogates. Narrower than what is
 * escaped when it is shown: a private character arrives as it is (Unicode UAX #9, UTS #36).
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|\p{Default_Ignorable_Code_Point}/u

function findUnsafe(param: TemplateParam, text: string): string | undefined {
  if (invisible.test(text)) return 'holds a line break, control, bidirectional or zero-width character'
  if (text.startsWith('-') && !param.allowLeadingDash) return 'begins with a dash and could be taken for an option'
  if (text.includes('..') && !param.allowDotDot) return 'holds ".."'
  return undefined
}

type RefusalCode = `POLICY_PARAM_${'MISSING' | 'TYPE' | 'TOO_LONG' | 'UNSAFE' | 'MISMATCH'}`

/** The value itself is not repeated: it may be long, hostile or secret, and the caller has it. */
function refuse(code: RefusalCode, param: TemplateParam, what: string): SshMcpError {
  const hint = `Pattern: ${param.pattern.source}${param.example === '' ? '' : `, for example ${param.example}`}`
  return policyErrors.error(code, {
    message: `The parameter ${JSON.stringify(param.name)} ${what}. ${hint}`,
    field: `params.${param.name}`,
    next: `Send params.${param.name} so that it matches ${param.pattern.source}${param.example === '' ? '' : `, such as ${param.example}`}.`,
  })
}
