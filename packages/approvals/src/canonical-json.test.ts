import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Canonical, canonicalJson } from './canonical-json.ts'

// RFC 8785, section 3.2.2: the sample and its output.
test('writes the sample of RFC 8785', () => {
  const sample = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  }
  expect(canonicalJson(sample)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
})

// RFC 8785, section 3.2.3: names are sorted by UTF-16 code units, not by code points.
test('sorts names as RFC 8785 does', () => {
  const names = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  }
  expect(canonicalJson(names)).toBe(
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",' +
      '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
  )
})

test('refuses what has no one spelling', () => {
  for (const value of ['\ud800', 'a\udfff', { '\udc00': 1 }, Number.NaN, Number.POSITIVE_INFINITY] as const)
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
})

test('reads back as the same value and does not depend on the order of names', () => {
  const json = fc.letrec<{ value: Canonical }>((tie) => ({
    value: fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: 'grapheme-ascii' }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).value
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalJson(value)
      const back: Canonical = JSON.parse(text)
      expect(canonicalJson(back)).toBe(text)
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(text)
    }),
  )
})
