import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printable } from './printable.ts'

test.each([
  ['a colour', '\u001b[31mred', String.raw`\u{1b}[31mred`],
  ['a new line', 'a\r\nb\tc', String.raw`a\u{d}\u{a}b\u{9}c`],
  ['NUL and DEL', '\u0000\u007f', String.raw`\u{0}\u{7f}`],
  ['a C1 control', '\u009b2J', String.raw`\u{9b}2J`],
  ['text that runs backwards', 'a\u202etxt.exe', String.raw`a\u{202e}txt.exe`],
  ['an isolate', '\u2066x\u2069', String.raw`\u{2066}x\u{2069}`],
  ['what has no width', 'pass\u200bword\ufeff', String.raw`pass\u{200b}word\u{feff}`],
  ['a soft hyphen', 'a\u00adb', String.raw`a\u{ad}b`],
  ['a line separator', 'a\u2028b', String.raw`a\u{2028}b`],
  ['a tag', 'a\u{e0041}b', String.raw`a\u{e0041}b`],
  ['half a character', 'a\ud800b', String.raw`a\u{d800}b`],
])('%s is shown, not obeyed', (_what, text, shown) => {
  expect(printable(text)).toBe(shown)
})

test.each(['', 'plain text, with "marks"', 'Grüße, 世界, Привет', '👍🏽 é', '\\u{1b}'])('%j stays as it is', (text) => {
  expect(printable(text)).toBe(text)
})

test('nothing that moves a cursor is left, whatever comes in, and twice is as good as once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = printable(text)
      expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2066-\u2069]/u)
      expect(printable(shown)).toBe(shown)
    }),
  )
})
