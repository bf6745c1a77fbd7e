import { expect, test } from 'vitest'
import { randomIds } from './id-source.ts'

test('an id is its prefix and 24 characters of Crockford base32: 120 bits', () => {
  for (let round = 0; round < 200; round++) {
    expect(randomIds.next('run')).toMatch(/^run_[0-9A-HJKMNP-TV-Z]{24}$/)
  }
})

test('every character of the alphabet comes up, and no id twice', () => {
  const ids = Array.from({ length: 500 }, () => randomIds.next('x'))
  expect(new Set(ids).size).toBe(500)
  expect(new Set(ids.flatMap((id) => [...id.slice(2)])).size).toBe(32)
})
