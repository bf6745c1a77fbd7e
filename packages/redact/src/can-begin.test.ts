import { expect, test } from 'vitest'
import { canBegin } from './can-begin.ts'
import { parsePattern } from './pattern-parse.ts'

test.each([
  ['BDG-[0-9]{6,12}', 'BDG-', true],
  ['BDG-[0-9]{6,12}', 'BDG-12', true],
  ['BDG-[0-9]{6,12}', 'BGD-', false],
  ['BDG-[0-9]{6,12}', 'bdg-', false],
  ['BDG-[0-9]{6,12}', 'BDG-x', false],
  ['(?:dev|prod)_id_[a-z]{8}', 'prod_', true],
  ['(?:dev|prod)_id_[a-z]{8}', 'test_', false],
  ['[a-z]{0,3}key-[0-9]{4}', 'key-', true],
  ['\\bkey-\\d{4}\\b', 'key', true],
  ['(?:ab){2,3}cd', 'ababcd', true],
  ['(?:ab){2,3}cd', 'abcd', false],
  ['PIN is ([0-9]{4,8})', 'PIN is', true],
  ['abcd', 'abcdef', true],
  ['ключ[0-9]{4}', 'ключ', true],
] as const)('a match of %s can begin with %s: %s', (pattern, text, expected) => {
  expect(canBegin(parsePattern(pattern), text, false)).toBe(expected)
})

test('in any case where case does not count', () => {
  expect(canBegin(parsePattern('BDG-[0-9]{6}'), 'bdg-', true)).toBe(true)
})
