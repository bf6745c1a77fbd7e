import { isSshMcpError } from '@sshmcp/kernel'
import { describe, expect, test } from 'vitest'
import { checkValues, type ParamValue } from './param-value.ts'
import { aTemplate } from './testing/index.ts'

function checked(pattern: string, value: ParamValue | undefined, info: Readonly<Record<string, unknown>> = {}) {
  const { params } = aTemplate({ command: 'echo {v}', allowed_params: { v: pattern }, param_info: { v: info } })
  return checkValues(params, value === undefined ? {} : { v: value }).get('v')
}

function codeOf(run: () => unknown): string {
  try {
    run()
    return 'none'
  } catch (error) {
    return isSshMcpError(error) ? `${error.code} ${error.field}` : 'not coded'
  }
}

const any = '(?s).*'

describe('checkValues', () => {
  test.each([
    ['abc', 'abc'],
    [200, '200'],
    [0, '0'],
    [-0, '0'],
    [true, 'true'],
    [false, 'false'],
  ])('takes %j as %j', (given, text) => {
    expect(checked(any, given)).toBe(text)
  })

  test.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses the number %j', (given) => {
    expect(codeOf(() => checked(any, given))).toBe('POLICY_PARAM_TYPE params.v')
  })

  test.each([
    ['a\nb'],
    ['a\u0000'],
    ['\u001b[1m'],
    ['\u202ex'],
    ['a\u200b'],
    ['\ud800'],
    ['-x'],
    ['-'],
    ['a/../b'],
    ['..'],
  ])('refuses %j even where the pattern would take it', (value) => {
    expect(codeOf(() => checked(any, value))).toBe('POLICY_PARAM_UNSAFE params.v')
  })

  test('allow_leading_dash and allow_dotdot lift their own rule and no other', () => {
    expect(checked(any, '-x', { allow_leading_dash: true })).toBe('-x')
    expect(checked(any, 'a..b', { allow_dotdot: true })).toBe('a..b')
    expect(codeOf(() => checked(any, '-..', { allow_leading_dash: true }))).toBe('POLICY_PARAM_UNSAFE params.v')
    expect(codeOf(() => checked(any, '-..', { allow_dotdot: true }))).toBe('POLICY_PARAM_UNSAFE params.v')
    expect(codeOf(() => checked(any, '-\n', { allow_dotdot: true, allow_leading_dash: true }))).toMatch(/UNSAFE/)
  })

  test.each([
    ['^[a-z]+$', 'abc1'],
    ['[a-z]+', 'abc1'],
    ['^a|b$', 'ax'],
    ['(?m)^a$', 'b'],
  ])('%s has to cover the whole of %j', (pattern, value) => {
    expect(codeOf(() => checked(pattern, value))).toBe('POLICY_PARAM_MISMATCH params.v')
  })

  test('an alternative that is longer is found', () => {
    expect(checked('a|ab', 'ab')).toBe('ab')
  })

  test('at most max_length characters, 4,096 where none is given, counted as people count', () => {
    expect(checked(any, 'a'.repeat(4096))).toHaveLength(4096)
    expect(codeOf(() => checked(any, 'a'.repeat(4097)))).toBe('POLICY_PARAM_TOO_LONG params.v')
    expect(checked(any, '😀'.repeat(3), { max_length: 3 })).toBe('😀😀😀')
    expect(codeOf(() => checked(any, 'abcd', { max_length: 3 }))).toBe('POLICY_PARAM_TOO_LONG params.v')
  })

  test('missing and empty are refused, unless there is a default', () => {
    expect(codeOf(() => checked(any, undefined))).toBe('POLICY_PARAM_MISSING params.v')
    expect(codeOf(() => checked(any, ''))).toBe('POLICY_PARAM_MISSING params.v')
    expect(checked(any, undefined, { default: 'd' })).toBe('d')
    expect(checked(any, '', { default: 'd' })).toBe('d')
    expect(checked(any, 'e', { default: 'd' })).toBe('e')
  })

  test('an unknown name is refused with the near one, also one that every object has', () => {
    const { params } = aTemplate({ command: 'tail -n {lines}', allowed_params: { lines: '[0-9]+' } })
    expect(() => checkValues(params, { line: '1' })).toThrow(
      expect.objectContaining({ code: 'POLICY_PARAM_UNKNOWN', field: 'params.line', candidates: ['lines'] }),
    )
    expect(codeOf(() => checkValues(params, JSON.parse('{"__proto__":"1","lines":"1"}')))).toMatch(/PARAM_UNKNOWN/)
  })

  test('a parameter named like something every object has is still missing', () => {
    const { params } = aTemplate({ command: 'echo {constructor}', allowed_params: { constructor: '.*' } })
    expect(codeOf(() => checkValues(params, {}))).toBe('POLICY_PARAM_MISSING params.constructor')
  })

  test('a refusal names pattern and example and does not repeat the value', () => {
    const run = () => checked('^[0-9]{1,5}$', 'hunter2', { example: '200' })
    expect(run).toThrow(
      expect.objectContaining({
        message:
          'The parameter "v" does not match its pattern from beginning to end. Pattern: ^[0-9]{1,5}$, for example 200',
        next: 'Send params.v so that it matches ^[0-9]{1,5}$, such as 200.',
      }),
    )
  })

  test('a pattern that makes a backtracking engine hang answers', () => {
    expect(codeOf(() => checked('^(a+)+$', `${'a'.repeat(4000)}!`))).toBe('POLICY_PARAM_MISMATCH params.v')
  })
})
