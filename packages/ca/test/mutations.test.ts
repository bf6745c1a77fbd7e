import { expect, test } from 'vitest'
import { runMutations } from './support/mutation-run.ts'

test('of 5,000 changed certificates and keys none is accepted, and each refusal has a code', async () => {
  const report = await runMutations(5000)
  expect(report.problems).toEqual([])
  // Were the refusals rare, the mutations would not reach what they are meant to test.
  expect(report.refused).toBeGreaterThan(3500)
}, 60_000)
