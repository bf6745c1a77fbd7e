import { expect, test } from 'vitest'
import { cutPlaceholders, paramsIn } from './placeholder.ts'

const pieces = (text: string, ...declared: string[]) =>
  cutPlaceholders(text, new Set(declared)).map(({ piece }) => ('param' in piece ? `<${piece.param}>` : piece.text))

test.each([
  ['tail -n {lines} {path}', ['tail -n ', '<lines>', ' ', '<path>']],
  ['{lines}{lines}', ['<lines>', '<lines>']],
  ['{{lines}}', ['{lines}']],
  ['{{{lines}}}', ['{', '<lines>', '}']],
  ['{{{{.State}}}}', ['{{.State}}']],
  ["awk '{print $1}'", ["awk '{print $1}'"]],
  ['{other}', ['{other}']],
  ['{ lines }', ['{ lines }']],
  ['{', ['{']],
  ['', []],
])('cuts %j', (text, expected) => {
  expect(pieces(text, 'lines', 'path')).toEqual(expected)
})

test('names come from own declarations only', () => {
  expect(pieces('{constructor} {toString}')).toEqual(['{constructor} {toString}'])
})

test('places count in the text as written', () => {
  expect(cutPlaceholders('a {{ {x}', new Set(['x'])).map(({ at }) => at)).toEqual([0, 5])
})

test('paramsIn names each once', () => {
  expect(paramsIn([{ param: 'a' }, { text: 'b' }, { param: 'a' }])).toEqual(new Set(['a']))
})
