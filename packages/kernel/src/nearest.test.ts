import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

const hosts = ['production-web', 'production-db', 'staging-web', 'web', 'db']

test.each([
  ['one letter wrong', 'production-wbe', ['production-web', 'production-db']],
  ['two letters swapped count once', 'wbe', ['web']],
  ['a letter too many', 'weeb', ['web']],
  ['a letter missing', 'we', ['web']],
  ['upper case is no mistake', 'WEB', ['web']],
  ['a beginning is near, alphabetically', 'production', ['production-db', 'production-web']],
  ['a name with something behind it', 'webserver', ['web']],
  ['nothing near is nothing', 'mailhost', []],
])('%s', (_what, wanted, expected) => {
  expect(nearest(wanted, hosts)).toEqual(expected)
})

test('the best come first, and not more than asked for', () => {
  expect(nearest('abcdef', ['abcxyf', 'abcdxf', 'abcdef', 'zzzzzz'])).toEqual(['abcdef', 'abcdxf', 'abcxyf'])
  expect(nearest('abcdef', ['abcxyf', 'abcdxf', 'abcdef'], 1)).toEqual(['abcdef'])
})

test('two letters are no beginning: short names are near to short names only', () => {
  expect(nearest('pr', ['production-web'])).toEqual([])
})

test('of nothing, or to nothing, nothing is near', () => {
  expect(nearest('web', [])).toEqual([])
  expect(nearest('', ['web'])).toEqual([])
})
