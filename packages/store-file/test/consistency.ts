import { existsSync, readFileSync } from 'node:fs'
import { type AuditEntry, readEvents } from '@sshmcp/audit'
import { FileAuditSource, verifyAudit } from '@sshmcp/store-file'
import { expect } from 'vitest'
import { type Fault, isUndisturbed, type Scenario, type Stage, type Target } from './struck-runs.ts'

/** Strikes one call: no hang, nothing lost or done unrecorded, a reply that is true, and a next run that goes on. */
export async function mustSurvive(stage: Stage, scenario: Scenario, target: Target, fault: Fault): Promise<void> {
  const run = await stage.strike(scenario, target, fault)
  // By strace's account this call was struck, and no other.
  expect(run).toMatchObject({ struck: [target.name], hung: false })
  expect(run).toMatchObject(fault === 'signal=KILL' ? { signal: 'SIGKILL' } : told)
  await mustAgree(stage, run.output)

  const next = await stage.live(scenario)
  expect(next).toSatisfy(isUndisturbed, next.output)
  await mustAgree(stage, next.output)
  expect(await misremembered(stage)).toEqual([])
  const isAnchored = scenario === 'a full segment and an anchor'
  const proof = isAnchored
    ? ({ anchorDir: stage.anchor, require: 'anchored' } as const)
    : ({ require: 'signed' } as const)
  expect(await verifyAudit(stage.dir, proof)).toMatchObject({ isEnough: true })
}

const reply = String.raw`\w+-\d+ (?:done|(?:done, not recorded|refused):AUDIT_UNAVAILABLE)\n`
const failure = String.raw`(?:close failed:(?:AUDIT|STORE)_[A-Z_]+\n)?(?:anchored\n|not anchored:STORE_UNAVAILABLE\n)?`

/** How a run ends that met an error: each operation has its reply, or there is a code that says why there are none. */
const told = {
  code: 0,
  output: expect.stringMatching(
    new RegExp(String.raw`^(?:not opened:(?:AUDIT|STORE)_[A-Z_]+\n|(?:${reply}){2}${failure})$`),
  ),
}

/** Compares what a run printed with what it did and with the journal. */
async function mustAgree({ dir, canary }: Stage, output: string): Promise<void> {
  expect(await verifyAudit(dir)).toMatchObject({ isIntact: true, firstBad: undefined })
  const operations = await operationsIn(dir)
  const done = deeds(canary)
  const has = (operation: string, kind: AuditEntry['kind']): boolean =>
    operations.get(operation)?.some((entry) => entry.kind === kind) === true
  expect(done.filter((operation) => !has(operation, 'intent'))).toEqual([])
  for (const [, operation = '', what] of output.matchAll(/^(\w+-\d+) (done$|done, not recorded|refused)/gm)) {
    expect({ operation, isDone: done.includes(operation) }).toEqual({ operation, isDone: what !== 'refused' })
    if (what === 'done')
      expect({ operation, isAnswered: has(operation, 'outcome') }).toEqual({ operation, isAnswered: true })
  }
}

/** Operations whose record is not true: each must have one end, and one that fits what was done. */
async function misremembered({ dir, canary }: Stage): Promise<readonly string[]> {
  const done = deeds(canary)
  return [...(await operationsIn(dir))].flatMap(([operation, entries]) => {
    const ends = entries.filter(({ kind }) => kind !== 'intent')
    const status = ends[0]?.status ?? ''
    const fits = status === 'unknown' || status === (done.includes(operation) ? 'ok' : 'error')
    return ends.length === 1 && fits ? [] : [`${operation}: ${ends.map(({ kind, status }) => `${kind} ${status}`)}`]
  })
}

async function operationsIn(dir: string): Promise<ReadonlyMap<string, readonly AuditEntry[]>> {
  const byOperation = new Map<string, AuditEntry[]>()
  for (const entry of await readEvents(new FileAuditSource(dir), {
    lastN: 10_000,
    kinds: ['intent', 'outcome', 'orphaned'],
  })) {
    const operation = entry.operation_id ?? ''
    byOperation.set(operation, [...(byOperation.get(operation) ?? []), entry])
  }
  return byOperation
}

function deeds(canary: string): readonly string[] {
  return existsSync(canary) ? readFileSync(canary, 'utf8').split('\n').slice(0, -1) : []
}
