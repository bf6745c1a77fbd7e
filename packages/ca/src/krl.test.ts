import { isSshMcpError } from '@sshmcp/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleKey, sshString } from '../test/support/sample-keys.ts'
import { emptyKrl, encodeKrl, type Krl, parseKrl, revocationHash, revocationOf } from './index.ts'

const ca = sampleKey('ssh-ed25519').publicKey
const one = sampleKey('ecdsa-sha2-nistp256').publicKey
const two = sampleKey('ssh-rsa').publicKey
const base: Krl = emptyKrl(7n, 1_767_225_600n)
const last = 2n ** 64n - 1n

function codeOf(run: () => unknown): string {
  try {
    run()
    return 'accepted'
  } catch (error) {
    return isSshMcpError(error) ? error.code : `not coded: ${error}`
  }
}

function bitmapKrl(offset: bigint, bitmap: Uint8Array): Buffer {
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(offset)
  const section = Buffer.concat([Buffer.from([0x22]), sshString(Buffer.concat([number, sshString(bitmap)]))])
  const certificates = Buffer.concat([sshString(ca.blob), sshString(''), section])
  return Buffer.concat([encodeKrl(base), Buffer.from([1]), sshString(certificates)])
}

function serialsOf(bytes: Uint8Array): string[] {
  return parseKrl(bytes).certificates.flatMap(({ serials }) => serials.map(({ first, last: to }) => `${first}-${to}`))
}

describe('a revocation list', () => {
  test('reads back what it says', () => {
    const krl: Krl = {
      ...base,
      comment: 'für alle',
      certificates: [
        {
          ca: ca.blob,
          serials: [
            { first: 1n, last: 1n },
            { first: 5n, last: last },
          ],
          keyIds: ['a', 'ü'],
        },
        { ca: undefined, serials: [], keyIds: ['everywhere'] },
      ],
      keys: [one.blob, two.blob].sort(Buffer.compare),
      sha256: [revocationHash(one)],
    }
    expect(parseKrl(encodeKrl(krl))).toEqual(krl)
  })

  test('any set of serials reads back as the same set', () => {
    const serial = fc.bigInt({ min: 1n, max: 60n })
    fc.assert(
      fc.property(fc.array(fc.tuple(serial, serial)), (pairs) => {
        const ranges = pairs.map(([a, b]) => (a < b ? { first: a, last: b } : { first: b, last: a }))
        const read = parseKrl(encodeKrl({ ...base, certificates: [{ ca: ca.blob, serials: ranges, keyIds: [] }] }))
        const kept = read.certificates[0]?.serials ?? []
        for (let probe = 0n; probe <= 61n; probe++) {
          const has = (list: typeof ranges | typeof kept) =>
            list.some(({ first, last: to }) => probe >= first && probe <= to)
          expect(has(kept)).toBe(has(ranges))
        }
      }),
    )
  })

  test('an empty file revokes nothing', () => expect(parseKrl(new Uint8Array())).toEqual(emptyKrl(0n, 0n)))

  test.each([
    ['serial 0', [{ first: 0n, last: 0n }]],
    ['a range from 0', [{ first: 0n, last: 9n }]],
    ['a turned range', [{ first: 9n, last: 1n }]],
  ])('%s, which would lock everybody out, is never written', (_name, serials) => {
    const krl = { ...base, certificates: [{ ca: ca.blob, serials, keyIds: [] }] }
    expect(codeOf(() => encodeKrl(krl))).toBe('KRL_MALFORMED')
  })

  test('bitmaps are read: bit i is serial offset + i', () => {
    expect(serialsOf(bitmapKrl(10n, Buffer.from([0b0000_0101])))).toEqual(['10-10', '12-12'])
    expect(serialsOf(bitmapKrl(10n, Buffer.from([0x00, 0xff, 0x01])))).toEqual(['10-10', '18-25'])
    expect(serialsOf(bitmapKrl(last - 3n, Buffer.from([0x0f])))).toEqual([`${last - 3n}-${last}`])
  })

  test.each([
    ['serial 0 in a bitmap', bitmapKrl(0n, Buffer.from([1]))],
    ['a bitmap past the last serial', bitmapKrl(last, Buffer.from([3]))],
    ['a bitmap of 2^24 bits and more', bitmapKrl(1n, Buffer.alloc((1 << 21) + 1, 0x7f))],
    ['no list', Buffer.from('hello, world')],
    ['a cut list', encodeKrl({ ...base, keys: [one.blob] }).subarray(0, -1)],
    ['a list with something behind it', Buffer.concat([encodeKrl(base), Buffer.from([9])])],
    ['a signed list', Buffer.concat([encodeKrl(base), Buffer.from([4]), sshString(ca.blob)])],
    ['an unknown section', Buffer.concat([encodeKrl(base), Buffer.from([99]), sshString('x')])],
    ['a short fingerprint', Buffer.concat([encodeKrl(base), Buffer.from([5]), sshString(sshString('x'))])],
  ])('refuses to read %s', (_name, bytes) => expect(codeOf(() => parseKrl(bytes))).toBe('KRL_MALFORMED'))

  test('changed bytes give another list or KRL_MALFORMED, never anything else', () => {
    const bytes = encodeKrl({
      ...base,
      certificates: [{ ca: ca.blob, serials: [{ first: 3n, last: 9n }], keyIds: ['k'] }],
    })
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const copy = Buffer.from(bytes)
        copy[at] = value
        expect(['accepted', 'KRL_MALFORMED']).toContain(codeOf(() => parseKrl(copy)))
      }),
      { numRuns: 2000 },
    )
  })

  test('a plain key is revoked by itself, by SHA-256, and by SHA-1 from lists of others', () => {
    expect(revocationOf({ ...base, keys: [one.blob] }, one)).toBe('key')
    expect(revocationOf({ ...base, sha256: [revocationHash(one)] }, one)).toBe('key')
    expect(revocationOf({ ...base, keys: [one.blob], sha256: [revocationHash(one)] }, two)).toBeUndefined()
  })

  test('100,000 scattered serials stay under a megabyte and are looked up by halves', () => {
    const serials = Array.from({ length: 100_000 }, (_, at) => ({
      first: BigInt(at * 3 + 1),
      last: BigInt(at * 3 + 1),
    }))
    const bytes = encodeKrl({ ...base, certificates: [{ ca: ca.blob, serials, keyIds: [] }] })
    expect(bytes.length).toBeLessThan(1_000_000)
    expect(parseKrl(bytes).certificates[0]?.serials).toHaveLength(100_000)
  })
})
