import { expect, test } from 'vitest'
import { compare, median } from '../bench/measure.ts'

test('the median of an even count lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([3, 1, 2])).toBe(2)
  expect(() => median([])).toThrow('no values')
})

test('every round runs every subject, and each round begins with another one', async () => {
  const calls: string[] = []
  const subject = (name: string) => async () => {
    calls.push(name)
  }
  const medians = await compare({ rounds: 3, warmup: 0, subjects: { a: subject('a'), b: subject('b') } })
  expect(calls.join('')).toBe('abbaab')
  expect(Object.keys(medians)).toEqual(['a', 'b'])
})

test('what runs before each sample is not measured', async () => {
  let now = 0
  const clock = () => now
  const before = () => {
    now += 1_000
  }
  const a = async () => {
    now += 5
  }
  expect(await compare({ rounds: 3, subjects: { a }, before, clock })).toEqual({ a: 5 })
})

test('a subject that fails ends the comparison', async () => {
  const failing = () => Promise.reject(new Error('no sshd'))
  await expect(compare({ rounds: 1, subjects: { failing } })).rejects.toThrow('no sshd')
})
