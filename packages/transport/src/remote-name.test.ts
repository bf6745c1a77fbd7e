import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUtf8Name, nameBytes, nameText } from './remote-name.ts'

test.each([
  ['plain', [0x61], 'a'],
  ['two bytes', [0xc3, 0xa9], 'é'],
  ['four bytes', [0xf0, 0x9f, 0x98, 0x80], '😀'],
  ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa'],
  ['Latin-1', [0x63, 0x61, 0x66, 0xe9], 'caf\udce9'],
  ['a character that is cut', [0x61, 0xe2, 0x82], 'a\udce2\udc82'],
  ['an encoded surrogate', [0xed, 0xb2, 0x80], '\udced\udcb2\udc80'],
  ['an overlong slash', [0xc0, 0xaf], '\udcc0\udcaf'],
])('%s', (_, bytes, text) => {
  expect(nameText(Uint8Array.from(bytes))).toBe(text)
  expect([...(nameBytes(text) ?? [])]).toEqual(bytes)
})

test('every name goes there and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ min: 1, minLength: 1 }), (bytes) => {
      expect(nameBytes(nameText(bytes))).toEqual(bytes)
    }),
  )
})

test.each([
  ['a NUL', 'a\0b'],
  ['another surrogate', '\ud800'],
  ['a surrogate that would be ASCII', '\udc2e'],
  ['a second spelling of é', '\udcc3\udca9'],
])('%s is no name', (_, text) => {
  expect(nameBytes(text)).toBeUndefined()
})

test('tells which names are UTF-8', () => {
  expect([isUtf8Name('caf\udce9'), isUtf8Name('é😀')]).toEqual([false, true])
})
