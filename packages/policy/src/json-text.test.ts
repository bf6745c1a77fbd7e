import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from './json-text.ts'

describe('parseJson', () => {
  test.each([
    ['[1,]', 'f.json:1:4: the comma before this "]" is one too many.'],
    ['{"a":1,\n}', 'f.json:2:1: the comma before this "}" is one too many.'],
    ['[1,,2]', 'f.json:1:4: a value is expected.'],
    ['{\n  "a": 1\n  "b": 2\n}', 'f.json:3:3: "," or "}" is expected.'],
    ['{"a" 1}', 'f.json:1:6: ":" is expected.'],
    ['', 'f.json:1:1: the text ends too early, a value is expected.'],
    ['[1', 'f.json:1:3: the text ends too early, "," or "]" is expected.'],
    ['"a\nb"', 'f.json:1:1: a broken string.'],
    ['"\\x"', 'f.json:1:1: a broken string.'],
    ['[] x', 'f.json:1:4: the text should end here.'],
    ['// note\n[]', 'f.json:1:1: JSON has no comments; a key that begins with "_" may hold one.'],
    ['{"a": 1 /* one */}', 'f.json:1:9: JSON has no comments; a key that begins with "_" may hold one.'],
    ['[01]', 'f.json:1:3: "," or "]" is expected.'],
    ['{"a":1,\n "a":2}', 'f.json:2:2: the key "a" stands here twice.'],
    ['['.repeat(100), 'f.json:1:66: nested too deeply.'],
  ])('refuses %j with its place', (text, message) => {
    expect(() => parseJson(text, 'f.json')).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', message }))
  })

  test('reads what JSON.stringify writes, a byte order mark before it or not', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.boolean(), (value, marked) => {
        const text = JSON.stringify(value, null, 2)
        expect(parseJson(marked ? `\ufeff${text}` : text, 'f')).toEqual(JSON.parse(text))
      }),
    )
  })

  test('agrees with the engine on what is JSON, equal keys apart', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\ 01-e.tnu\n'), maxLength: 10 })
    fc.assert(
      fc.property(noise, (text) => {
        const takes = (parse: () => unknown) => {
          try {
            parse()
            return true
          } catch (error) {
            return error instanceof Error && error.message.includes('twice')
          }
        }
        expect(takes(() => parseJson(text, 'f'))).toBe(takes(() => JSON.parse(text)))
      }),
      { numRuns: 2000 },
    )
  })
})
