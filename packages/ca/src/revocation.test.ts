import { isSshMcpError } from '@sshmcp/kernel'
import { describe, expect, test } from 'vitest'
import { generateCaKey } from './index.ts'
import { emptyKrl, type Krl } from './krl.ts'
import { parseKrl } from './krl-reader.ts'
import { encodeChecked } from './revocation.ts'
import type { SerialRange } from './serial.ts'

const ca = generateCaKey().publicKey.blob

function codeOf(run: () => unknown): string {
  try {
    run()
    return 'published'
  } catch (error) {
    return isSshMcpError(error) ? error.code : String(error)
  }
}

function listOf(serials: readonly SerialRange[], more: Partial<Krl> = {}): Krl {
  return { ...emptyKrl(1n, 0n), certificates: [{ ca, serials, keyIds: [] }], ...more }
}

describe('a list before it is published', () => {
  test('reads back as what was meant', () => {
    const krl = listOf([{ first: 3n, last: 9n }])
    expect(parseKrl(encodeChecked(krl)).certificates).toMatchObject([{ serials: [{ first: 3n, last: 9n }] }])
  })

  test.each<[string, Krl]>([
    ['holds serial 0', listOf([{ first: 0n, last: 0n }])],
    ['begins a range with serial 0', listOf([{ first: 0n, last: 5n }])],
    ['holds a key that is none', listOf([], { keys: [Buffer.from('no key')] })],
    ['holds half a fingerprint', listOf([], { sha256: [Buffer.alloc(16)] })],
    ['reads back in another order than was meant', listOf([9n, 3n].map((serial) => ({ first: serial, last: serial })))],
  ])('that %s is refused', (_what, krl) => {
    expect(codeOf(() => encodeChecked(krl))).toBe('KRL_SELF_CHECK_FAILED')
  })
})
