import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quoteLiteral, quoteValue } from './quote.ts'

test.each([
  ['', "''"],
  ['nginx', "'nginx'"],
  ["'", `"'"`],
  ["''", `"''"`],
  ['\\', '"\\\\"'],
  ['\\\\', '"\\\\""\\\\"'],
  ["it's", `'it'"'"'s'`],
  ["\\'; touch PWN; #", `"\\\\""'"'; touch PWN; #'`],
  ['a\nb', "'a\nb'"],
])('quotes %j as %s', (value, quoted) => {
  expect(quoteValue(value)).toBe(quoted)
})

test('the pieces put together again are the value', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("'", '\\', '"', '$', 'a', ' ') }), (value) => {
      const quoted = quoteValue(value)
      const pieces = quoted.match(/'[^'\\]*'|"'+"|"\\\\"/g) ?? []
      expect(pieces.join('')).toBe(quoted)
      expect(pieces.map((piece) => (piece === '"\\\\"' ? '\\' : piece.slice(1, -1))).join('')).toBe(value)
    }),
  )
})

test.each([
  ['--no-pager', '--no-pager'],
  ['--sort=-%cpu', '--sort=-%cpu'],
  ['=ls', "'=ls'"],
  ['%1', "'%1'"],
  ['a b', "'a b'"],
  ['~', "'~'"],
  ['', "''"],
])('leaves an author’s %j readable: %s', (text, shown) => {
  expect(quoteLiteral(text)).toBe(shown)
})
