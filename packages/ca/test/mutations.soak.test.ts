import { expect, test } from 'vitest'
import { runMutations } from './support/mutation-run.ts'

test('of 100,000 changed certificates and keys none is accepted, and each refusal has a code', async () => {
  const report = await runMutations(100_000)
  expect(report.problems).toEqual([])
  expect(report.refused).toBeGreaterThan(70_000)
})
