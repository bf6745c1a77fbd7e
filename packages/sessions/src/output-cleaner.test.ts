import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OutputCleaner } from './output-cleaner.ts'

function clean(...chunks: readonly string[]): { readonly text: string; readonly count: number } {
  const cleaner = new OutputCleaner()
  const text = chunks.map((chunk) => cleaner.write(chunk)).join('') + cleaner.end()
  return { text, count: cleaner.count }
}

describe('what is taken out, and counted', () => {
  test.each([
    ['nothing of plain text', 'tab\there\nünïcödé 漢字 🙂\n', 'tab\there\nünïcödé 漢字 🙂\n', 0],
    ['colours', '\u001b[1;31mred\u001b[0m', 'red', 2],
    ['cursor movements', 'a\u001b[2J\u001b[Hb\u001b[?25lc', 'abc', 3],
    ['window titles', '\u001b]0;owned\u0007text\u001b]2;again\u001b\\.', 'text.', 2],
    ['device control strings', '\u001bPq#0\u001b\\x\u001b_hidden\u001b\\y', 'xy', 2],
    ['one-byte introducers', '\u009b31mred\u009d0;title\u009c.', 'red.', 2],
    ['charset switches', '\u001b(0lqk\u001b(B', 'lqk', 2],
    ['a bare escape at the end', 'x\u001b', 'x', 1],
    ['backspaces, bells and NUL', 'a\bb\u0007c\u0000d\u007f', 'abcd', 4],
    ['right-to-left overrides', 'a\u202eb\u2066c\u2069', 'abc', 3],
    ['zero-width characters and a BOM', '\ufeffa\u200bb\u200dc', 'abc', 3],
    ['tags', `a\u{e0041}\u{e007f}b`, 'ab', 2],
    ['line separators', 'a\u2028b', 'ab', 1],
    ['a lone carriage return, as a line end', '10%\r20%\rdone\n', '10%\n20%\ndone\n', 2],
    ['nothing of CR LF but the CR', 'a\r\nb\r\n', 'a\nb\n', 0],
  ])('%s', (_name, input, text, count) => {
    expect(clean(input)).toEqual({ text, count })
  })

  test('a title that does not end swallows nothing that follows', () => {
    expect(clean('\u001b]0;no end\nnext line\n')).toEqual({ text: '0;no end\nnext line\n', count: 1 })
    const long = 'x'.repeat(10_000)
    expect(clean(`\u001b]0;${long}`, long, '\u0007')).toEqual({ text: `0;${long}${long}`, count: 2 })
  })
})

test('it makes no difference where the chunks are cut', () => {
  const piece = fc.constantFrom(
    '\u001b[1m',
    '\u001b]0;t\u0007',
    '\u001b]0;t\u001b\\',
    '\r\n',
    '\r',
    'text',
    '\n',
    '\u001b',
    '\u009b0m',
    '\u202e',
    '[',
    ']',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), fc.array(fc.nat(60), { maxLength: 6 }), (pieces, cuts) => {
      const whole = pieces.join('')
      const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length]
      const chunks = places.slice(1).map((end, index) => whole.slice(places[index], end))
      expect(clean(...chunks)).toEqual(clean(whole))
    }),
  )
})

test('nothing that a terminal obeys is left, whatever comes', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 6 }), (chunks) => {
      expect(clean(...chunks).text).not.toMatch(
        /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
      )
    }),
  )
})

test('long hostile streams stay linear', () => {
  for (const unit of ['\u001b]', '\u009d', '\u001b[1', '\u001b[', '\r', '\u001b]0;x']) {
    const { text } = clean(...Array.from({ length: 40 }, () => unit.repeat(5_000)))
    expect(text).not.toMatch(/[\u001b\u009d\r]/)
  }
})
