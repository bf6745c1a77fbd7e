import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { codeMac, isCode, makeCode, normaliseCode } from './codes.ts'
import { createSeal } from './seal.ts'
import { aKey } from './testing/builders.ts'

const seal = createSeal(aKey())

test('a code is 8 characters of Crockford base32, each of them possible', () => {
  const codes = Array.from({ length: 400 }, () => makeCode(randomBytes))
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
  expect(new Set(codes.join('')).size).toBe(32)
  expect(makeCode(() => new Uint8Array([0, 1, 31, 32, 63, 255, 10, 17]))).toBe('01Z0ZZAH')
})

test.each([
  ['01ZABHJK', '01ZABHJK'],
  ['01zabhjk', '01ZABHJK'],
  ['01ZA-BHJK', '01ZABHJK'],
  [' 01 ZA\tBH JK\n', '01ZABHJK'],
  ['oiZlbhjO', '01Z1BHJ0'],
  ['OIZLBHJo', '01Z1BHJ0'],
])('%j is read as %s', (typed, code) => {
  expect(normaliseCode(typed)).toBe(code)
})

test('only the code itself is the code', () => {
  const kept = codeMac(seal, 'apr_1', '01ZABHJK')
  expect(isCode(seal, 'apr_1', '01za-bhjk', kept)).toBe(true)
  for (const wrong of ['', '01ZABHJ', '01ZABHJKK', '01ZABHJM', kept, '０１ZABHJK'])
    expect(isCode(seal, 'apr_1', wrong, kept)).toBe(false)
})

test('a code is worth nothing for another request', () => {
  expect(isCode(seal, 'apr_2', '01ZABHJK', codeMac(seal, 'apr_1', '01ZABHJK'))).toBe(false)
})
