import { Secret } from '@sshmcp/kernel'
import { describe, expect, test } from 'vitest'
import { createSeal } from './seal.ts'
import { aKey } from './testing/builders.ts'

const seal = createSeal(aKey())
const text = seal.seal('apr_1', 'decision', { verdict: 'approved' })

describe('a sealed text', () => {
  test('opens where it was sealed', () => {
    expect(seal.open('apr_1', 'decision', text)).toEqual({ body: { verdict: 'approved' } })
  })

  test('opens nowhere else', () => {
    expect(seal.open('apr_2', 'decision', text)).toBeUndefined()
    expect(seal.open('apr_1', 'request', text)).toBeUndefined()
    expect(createSeal(new Secret(new Uint8Array(32).fill(8))).open('apr_1', 'decision', text)).toBeUndefined()
  })

  test('does not open with any byte changed, added or missing', () => {
    for (let at = 0; at < text.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = `${text.slice(0, at)}${String.fromCharCode(text.charCodeAt(at) ^ (1 << bit))}${text.slice(at + 1)}`
        expect(seal.open('apr_1', 'decision', changed)).toBeUndefined()
      }
      expect(seal.open('apr_1', 'decision', text.slice(0, at))).toBeUndefined()
      expect(seal.open('apr_1', 'decision', `${text.slice(0, at)} ${text.slice(at)}`)).toBeUndefined()
    }
    expect(seal.open('apr_1', 'decision', `${text}\n`)).toBeUndefined()
  })

  test('is not what the MAC of a code can be made into', () => {
    expect(seal.mac('code', 'apr_1', 'x')).not.toBe(seal.mac('part code', 'apr_1', 'x'))
  })
})

test('a short key is refused', () => {
  expect(() => createSeal(new Secret(new Uint8Array(31)))).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
})
