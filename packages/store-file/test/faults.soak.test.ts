import { afterAll, describe, expect, test } from 'vitest'
import { mustSurvive } from './consistency.ts'
import { canTrace } from './strace.ts'
import { faults, type Scenario, Stage, scenarios, type Target } from './struck-runs.ts'

const stage = new Stage()
afterAll(() => stage[Symbol.dispose]())

/** Found, not listed: whatever the journal calls is struck. */
const found: { readonly scenario: Scenario; readonly targets: readonly Target[] }[] = []
for (const scenario of canTrace ? scenarios : []) {
  found.push({ scenario, targets: stage.targets(await stage.record(scenario)) })
}

describe.runIf(canTrace)('each system call of a commit', () => {
  test('is found', () => {
    for (const { targets } of found) expect(targets.length).toBeGreaterThan(100)
  })

  describe.each(faults)('%s', (fault) => {
    describe.each(found)('$scenario', ({ scenario, targets }) => {
      test.each(targets.map((target) => [target.name, target] as const))('%s', (_, target) =>
        mustSurvive(stage, scenario, target, fault),
      )
    })
  })
})
