import { describe, expect, test } from 'vitest'
import { createRedactor, parseRules, RedactError } from './index.ts'
import { checkPattern } from './pattern-check.ts'

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work()
    return undefined
  } catch (error) {
    if (!(error instanceof RedactError)) throw error
    return `${error.code} ${error.field ?? ''}`
  }
}
const rule = { id: 'badge', pattern: 'BDG-[0-9]{6,12}', prefixes: ['BDG-'] }

describe('parseRules', () => {
  test('takes rules and an allow-list', () => {
    expect(parseRules({ rules: [rule], allow: ['BDG-000000'] })).toEqual({ rules: [rule], allow: ['BDG-000000'] })
    expect(parseRules({})).toEqual({ rules: [], allow: [] })
    expect(parseRules({ $schema: 'x', _note: 'why' })).toEqual({ rules: [], allow: [] })
  })

  test.each([
    ['no object', [], 'REDACT_RULES_INVALID '],
    ['an unknown field', { rule: [] }, 'REDACT_RULES_INVALID rule'],
    ['an unknown field of a rule', { rules: [{ ...rule, flags: 'i' }] }, 'REDACT_RULES_INVALID rules[0].flags'],
    ['a bad id', { rules: [{ ...rule, id: 'My Rule' }] }, 'REDACT_RULES_INVALID rules[0].id'],
    ['the same id twice', { rules: [rule, rule] }, 'REDACT_RULES_INVALID rules[1].id'],
    ['a prefix of two', { rules: [{ ...rule, prefixes: ['BD'] }] }, 'REDACT_RULES_INVALID rules[0].prefixes[0]'],
    ['no prefix', { rules: [{ ...rule, prefixes: [] }] }, 'REDACT_RULES_INVALID rules[0].prefixes'],
    ['a prefix of nothing', { rules: [{ ...rule, prefixes: ['BGD-'] }] }, 'REDACT_RULES_INVALID rules[0].prefixes[0]'],
    ['no regular expression', { rules: [{ ...rule, pattern: 'BDG-[' }] }, 'REDACT_RULES_INVALID rules[0].pattern'],
    ['an open end', { rules: [{ ...rule, pattern: 'BDG-[0-9]+' }] }, 'REDACT_RULE_SLOW rules[0].pattern'],
    ['an allow-list of numbers', { allow: [1] }, 'REDACT_RULES_INVALID allow[0]'],
  ])('refuses %s', (_, json, expected) => {
    expect(codeOf(() => parseRules(json))).toBe(expected)
  })
})

describe('checkPattern', () => {
  test.each([
    '(a{1,50}){1,50}b',
    '(?:a|ab){1,30}c',
    '[a-z]{1,99}[a-z0-9]{1,99}[a-z]{1,99}x',
    'a*bcde',
    '(?=x)abcd',
    '(a)bcd\\1',
    '(?<name>abcd)',
    'x{1,99999}yyyy',
  ])('refuses %s as slow', (pattern) => {
    expect(codeOf(() => checkPattern(pattern, 'p'))).toBe('REDACT_RULE_SLOW p')
  })

  test.each(['a{0,3}', 'abc|', '[a-z]{0,9}', '(?:abcd)?'])('refuses %s as empty', (pattern) => {
    expect(codeOf(() => checkPattern(pattern, 'p'))).toBe('REDACT_RULE_EMPTY p')
  })

  test.each([
    'BDG-[0-9]{6,12}',
    'x-[a-z]{2,9}(?:\\.[a-z]{2,9}){1,4}',
    'id_(?:dev|prod)_[A-Za-z0-9_-]{20,200}',
    '\\bkey-\\d{4}\\b',
  ])('takes %s', (pattern) => {
    expect(checkPattern(pattern, 'p').ways).toBeLessThanOrEqual(2000)
  })
})

describe('own rules at work', () => {
  const redactor = createRedactor({ rules: [rule], allow: ['BDG-000000'], secrets: [] })

  test('mask their matches, and leave what is allowed', () => {
    expect(redactor.redact('badge BDG-123456, test BDG-000000')).toEqual({
      text: 'badge [REDACTED:badge], test BDG-000000',
      findings: { badge: 1 },
    })
  })

  test('may ask for a part only', () => {
    const part = createRedactor({ rules: [{ id: 'pin', pattern: 'PIN is ([0-9]{4,8})', prefixes: ['PIN is'] }] })
    expect(part.redact('your PIN is 4711!').text).toBe('your PIN is [REDACTED:pin]!')
  })

  test('are checked when they come from a program, too', () => {
    expect(codeOf(() => createRedactor({ rules: [{ ...rule, pattern: 'BDG-.*' }] }))).toBe(
      'REDACT_RULE_SLOW rules[0].pattern',
    )
  })

  // As a program without types hands them over.
  test.each([
    ['{"rules":{}}', 'REDACT_RULES_INVALID rules'],
    ['{"rules":[{"id":"badge","pattern":"BDG-[0-9]{6}"}]}', 'REDACT_RULES_INVALID rules[0].prefixes'],
    ['{"rules":[{"id":"a] b [","pattern":"BDG-[0-9]{6}","prefixes":["BDG-"]}]}', 'REDACT_RULES_INVALID rules[0].id'],
    [
      '{"rules":[{"id":"a","pattern":"BDG-[0-9]{6}","prefixes":["BDG-"],"flags":"i"}]}',
      'REDACT_RULES_INVALID rules[0].flags',
    ],
    ['{"allow":[1]}', 'REDACT_RULES_INVALID allow[0]'],
    ['{"secrets":"hunter2"}', 'REDACT_RULES_INVALID secrets'],
    ['{"secrets":["hunter2",null]}', 'REDACT_RULES_INVALID secrets[1]'],
  ])('as a file is: %s', (json, expected) => {
    expect(codeOf(() => createRedactor(JSON.parse(json)))).toBe(expected)
  })
})
