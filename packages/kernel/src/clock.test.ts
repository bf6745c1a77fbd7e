import { expect, test } from 'vitest'
import { rfc3339, systemClock } from './clock.ts'
import { ManualClock } from './testing/index.ts'

test('times are written in UTC with milliseconds', () => {
  expect(rfc3339(0)).toBe('1970-01-01T00:00:00.000Z')
  expect(rfc3339(Date.UTC(2026, 0, 31, 23, 59, 59, 7))).toBe('2026-01-31T23:59:59.007Z')
})

test('the clock of the machine never goes back', () => {
  const readings = Array.from({ length: 1000 }, () => systemClock.monotonic())
  expect(readings).toEqual(readings.toSorted((a, b) => a - b))
  expect(systemClock.now()).toBeGreaterThan(Date.UTC(2025, 0, 1))
})

test('a manual clock moves when told, both hands alike', () => {
  const clock = new ManualClock()
  clock.advance(1500)
  expect(rfc3339(clock.now())).toBe('2026-01-01T00:00:01.500Z')
  expect(clock.monotonic()).toBe(1500)
})
