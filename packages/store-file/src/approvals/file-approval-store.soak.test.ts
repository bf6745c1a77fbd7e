import { describe, expect, test } from 'vitest'
import { steps, stopLifeAt } from '../../test/programs/stopped-lives.ts'
import { canTrace } from '../../test/strace.ts'

const faults = ['error=EIO', 'error=ENOSPC', 'error=EROFS', 'error=EDQUOT', 'error=EMFILE']

/** A disk that fails at any step; what is killed there stands in the real tests. */
describe.runIf(canTrace)('a life on a failing disk', () => {
  test.each(steps.flatMap((step) => faults.map((fault) => ({ ...step, fault }))))(
    '$fault at each $syscalls: nothing runs twice, and the next life goes on',
    ({ syscalls, atLeast, fault }) => {
      let stopped = 0
      for (;;) {
        const life = stopLifeAt(syscalls, fault, stopped + 1)
        expect(life).toMatchObject({ ranInFirst: life.wasStopped ? 0 : 1, second: 'lived\n', unmarked: [] })
        expect(new Set(life.ran).size).toBe(life.ran.length)
        if (!life.wasStopped) break
        stopped++
      }
      expect(stopped).toBeGreaterThanOrEqual(atLeast)
    },
  )
})
