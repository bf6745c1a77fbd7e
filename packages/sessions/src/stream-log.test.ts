import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StreamLog } from './stream-log.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 3_000 })

describe('against the whole text', () => {
  test('every slice is what stands at its position, in whole characters, and slices follow each other', () => {
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 12 }),
        fc.integer({ min: 100, max: 40_000 }),
        fc.integer({ min: 4, max: 5_000 }),
        (parts, keep, step) => {
          const log = new StreamLog(keep)
          const whole = Buffer.from(parts.join(''))
          for (const part of parts) log.append(part)
          expect(log.end).toBe(whole.length)
          expect(log.end - log.start).toBe(Math.min(keep, whole.length))
          for (let position = log.start; position < log.end; ) {
            const slice = log.read(position, step)
            const size = Buffer.byteLength(slice.text)
            expect(slice.next - size).toBe(position + slice.dropped)
            expect(slice.text).toBe(whole.subarray(slice.next - size, slice.next).toString())
            expect(size).toBeLessThanOrEqual(step)
            expect(slice.next).toBeGreaterThan(position)
            position = slice.next
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('a position never gives other bytes later, only more, or says how many are gone', () => {
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 2, maxLength: 12 }),
        fc.integer({ min: 100, max: 20_000 }),
        (parts, keep) => {
          const log = new StreamLog(keep)
          log.append(parts[0] ?? '')
          const position = log.start
          const before = log.read(position, 1_000_000)
          for (const part of parts.slice(1)) log.append(part)
          const after = log.read(position, 1_000_000)
          const gone = Buffer.from(before.text).subarray(after.dropped - before.dropped)
          expect(Buffer.from(after.text).subarray(0, gone.length).equals(gone)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})

test('a character that comes in two halves is one character', () => {
  const log = new StreamLog(100)
  const [high = '', low = ''] = '🙂'.split('')
  log.append(`a${high}`)
  log.append(`${low}b`)
  expect(log.read(0, 100).text).toBe('a🙂b')
})

test('many small writes are kept in few blocks', () => {
  const log = new StreamLog(1_000)
  for (let n = 0; n < 100_000; n++) log.append('x')
  expect([log.end, log.start, log.read(0, 2_000).dropped]).toEqual([100_000, 99_000, 99_000])
})
