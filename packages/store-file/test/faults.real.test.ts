import { afterAll, describe, expect, test } from 'vitest'
import { mustSurvive } from './consistency.ts'
import { type Call, canTrace } from './strace.ts'
import { faults, type Scenario, Stage, scenarios } from './struck-runs.ts'

/**
 * The kinds of system calls that the journal makes. The soak strikes every single call; here each kind is struck once
 * with each fault. A kind that is not in this list, or no longer made, fails the first test.
 */
const kinds = [
  'access',
  'chmod',
  'close',
  'fchmod',
  'fdatasync',
  'fsync',
  'getdents64',
  'link',
  'mkdir',
  'open',
  'pread64',
  'pwrite64',
  'read',
  'rename',
  'stat',
  'statfs',
  'unlink',
  'write',
]

/** Which call it is depends on kernel, processor and libuv. */
function kindOf(syscall: string): string {
  if (/^(fstat|lstat|newfstatat|statx)$/.test(syscall)) return 'stat'
  if (/^f(access|chmod)at/.test(syscall)) return syscall.slice(1).replace(/at2?$/, '')
  return syscall.replace(/at2?$/, '')
}

const stage = new Stage()
afterAll(() => stage[Symbol.dispose]())

const recorded: { readonly scenario: Scenario; readonly calls: readonly Call[] }[] = []
for (const scenario of canTrace ? scenarios : []) recorded.push({ scenario, calls: await stage.record(scenario) })
const found = recorded.flatMap(({ scenario, calls }) => stage.targets(calls).map((target) => ({ scenario, target })))

/** Each fault strikes another call of the kind: the first, one in the middle, the last. */
const cases = kinds.flatMap((kind) => {
  const alike = found.filter(({ target }) => kindOf(target.syscall) === kind)
  return faults.flatMap((fault, at) => {
    const one = alike[Math.round(((alike.length - 1) * at) / (faults.length - 1))]
    return one === undefined ? [] : [{ ...one, fault }]
  })
})

describe.runIf(canTrace)('the system calls of a commit', () => {
  test('are of the kinds that are struck here', () => {
    expect([...new Set(found.map(({ target }) => kindOf(target.syscall)))].sort()).toEqual(kinds)
  })

  test.each(recorded)('$scenario: nothing is done before its intent is flushed', ({ calls }) => {
    const steps = calls.flatMap(({ syscall, paths }) => {
      if (paths.includes(stage.canary)) return kindOf(syscall) === 'open' ? ['deed'] : []
      return paths.some((path) => path.endsWith('.jsonl')) && /^write|^fdatasync/.test(syscall) ? [syscall] : []
    })
    const before = steps.flatMap((step, at) => (step === 'deed' ? [steps.slice(at - 2, at)] : []))
    expect(before).toEqual([
      ['write', 'fdatasync'],
      ['write', 'fdatasync'],
    ])
  })

  test.each(cases.map((one) => [one.fault, one.scenario, one.target.name, one] as const))(
    '%s with %s: %s',
    async (fault, scenario, _, { target }) => {
      await mustSurvive(stage, scenario, target, fault)
    },
  )
})
