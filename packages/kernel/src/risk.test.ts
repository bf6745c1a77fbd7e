import { expect, test } from 'vitest'
import { atLeast, risks } from './risk.ts'

test('risks grow from low to high', () => {
  expect(risks).toEqual(['low', 'medium', 'high'])
})

test.each([
  ['low', [true, false, false]],
  ['medium', [true, true, false]],
  ['high', [true, true, true]],
] as const)('%s is at least: low, medium, high', (risk, expected) => {
  expect(risks.map((floor) => atLeast(risk, floor))).toEqual(expected)
})
