import { isSshMcpError } from '@sshmcp/kernel'
import { ManualClock } from '@sshmcp/kernel/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  boundPrincipals,
  boundTtl,
  formatKeyId,
  parseKeyId,
  serialSource,
  serialsBetween,
  timeOfSerial,
} from './index.ts'

const limits = { defaultTtlSeconds: 300, maxTtlSeconds: 3600 }

function codeOf(run: () => unknown): string {
  try {
    return `accepted ${run()}`
  } catch (error) {
    return isSshMcpError(error) ? error.code : `not coded: ${error}`
  }
}

describe('boundTtl', () => {
  test('0 is the default, never above the maximum', () => {
    expect(boundTtl(0, limits)).toBe(300)
    expect(boundTtl(0, { defaultTtlSeconds: 86_400, maxTtlSeconds: 120 })).toBe(120)
  })
  test.each([60, 61, 3600])('takes %d', (ttl) => expect(boundTtl(ttl, limits)).toBe(ttl))
  test.each([-1, 1, 59, 3601, 60.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])('refuses %d', (ttl) =>
    expect(codeOf(() => boundTtl(ttl, limits))).toBe('CERT_TTL_REFUSED'),
  )
})

describe('boundPrincipals', () => {
  test('none asked for is the user id', () => expect(boundPrincipals([], 'alice', undefined)).toEqual(['alice']))
  test('sorts, and takes each once', () =>
    expect(boundPrincipals(['b', 'a', 'b'], 'alice', ['a', 'b', 'c'])).toEqual(['a', 'b']))
  test.each([
    ['another user', ['bob'], 'alice', undefined],
    ['outside the list', ['root'], 'alice', ['alice', 'deploy']],
    ['the own id when a list leaves it out', [], 'alice', ['deploy']],
    ['root by being called root', [], 'root', undefined],
    ['everybody', ['*'], 'alice', ['*']],
    ['a list in one', ['a,b'], 'alice', ['a,b']],
    ['an empty name', [''], 'alice', ['']],
    ['a second line', ['a\nb'], 'alice', ['a\nb']],
  ])('refuses %s', (_name, asked, user, allowed) =>
    expect(codeOf(() => boundPrincipals(asked, user, allowed))).toBe('CERT_PRINCIPAL_REFUSED'),
  )
})

describe('formatKeyId', () => {
  const part = fc.stringMatching(/^[A-Za-z0-9._@:=+-]{1,40}$/)

  test('reads back what it wrote', () => {
    const reason = fc.record(
      { userId: part, requestId: part, approvalId: part.filter((id) => id !== '-'), tool: part },
      { requiredKeys: ['userId', 'requestId', 'tool'] },
    )
    fc.assert(
      fc.property(reason, (value) => {
        expect(parseKeyId(formatKeyId(value))).toEqual(value)
      }),
    )
  })

  test.each(['', 'a b', 'a\nAccepted publickey for root', 'a/b', 'a"b', 'ü', '\u001b[0m', 'x'.repeat(81)])(
    'refuses %j as a part',
    (userId) => {
      expect(codeOf(() => formatKeyId({ userId, requestId: 'r', tool: 't' }))).toBe('CERT_KEY_ID_REFUSED')
    },
  )

  test.each(['', 'sshmcp/1', 'sshmcp/1/a/b/c', 'sshmcp/1/a/b/c/d/e', 'sshmcp/2/a/b/c/d', 'sshmcp/1//b/c/d'])(
    'does not take %j for one of ours',
    (keyId) => expect(parseKeyId(keyId)).toBeUndefined(),
  )
})

describe('serialSource', () => {
  test('serials grow, whatever clock and chance do', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 2 ** 24 - 1 }))),
        (steps) => {
          const clock = new ManualClock()
          let random = 0
          const next = serialSource(() => Buffer.from([random >> 16, (random >> 8) & 255, random & 255]))
          let last = 0n
          for (const [move, chance] of steps) {
            clock.advance(move)
            random = chance
            const serial = next(clock.now())
            expect(serial > last && serial < 2n ** 61n).toBe(true)
            last = serial
          }
        },
      ),
    )
  })

  test('a serial tells its time, and the range of a window holds exactly its serials', () => {
    const clock = new ManualClock()
    const highest = serialSource(() => Buffer.alloc(3, 255))(clock.now())
    const lowest = serialSource(() => Buffer.alloc(3))(clock.now())
    const { first, last } = serialsBetween(clock.now(), clock.now())
    expect([lowest, highest]).toEqual([first, last])
    expect(timeOfSerial(highest)).toBe(clock.now())
    expect(serialsBetween(0, 0).first).toBeGreaterThan(0n)
  })
})
