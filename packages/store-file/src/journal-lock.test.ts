import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ManualClock } from '@sshmcp/kernel/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { JournalLock } from './journal-lock.ts'
import { openLockFolder } from './lock-folder.ts'
import { ownIdentity } from './process-identity.ts'

let home: string
let clock: ManualClock
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sshmcp-lock-'))
  clock = new ManualClock()
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const aLock = (): JournalLock =>
  new JournalLock({ folder: openLockFolder(home), identity: ownIdentity(), clock, patienceMs: 60_000 })

/** The newest generation: who has it, and does somebody want it? */
function newest(): { readonly generation: number; readonly state: string } {
  const name = readdirSync(home).sort().at(-1) ?? ''
  return { generation: Number(name), state: readFileSync(join(home, name), 'latin1').slice(0, 2) }
}

/** Two locks: the first is held, the second has asked. */
async function held(): Promise<{ first: JournalLock; second: JournalLock; asked: Promise<void> }> {
  const [first, second] = [aLock(), aLock()]
  await first.acquire()
  const asked = second.acquire()
  expect(newest()).toEqual({ generation: 1, state: 'HW' })
  return { first, second, asked }
}

test('is kept while nobody else asks', async () => {
  const lock = aLock()
  for (let turn = 0; turn < 5; turn++) {
    await lock.acquire()
    lock.leave()
    clock.advance(1_000)
  }
  expect(newest()).toEqual({ generation: 1, state: 'H-' })
  lock.release()
  expect(newest()).toEqual({ generation: 1, state: 'R-' })
})

test('is kept for what follows at once, though somebody asks, until the turn is over', async () => {
  const { first, second, asked } = await held()
  for (let use = 0; use < 5; use++) {
    first.leave()
    await first.acquire()
  }
  expect(newest()).toEqual({ generation: 1, state: 'HW' })
  clock.advance(60)
  first.leave()
  expect(newest()).toEqual({ generation: 1, state: 'RW' })
  await asked
  expect(newest()).toEqual({ generation: 2, state: 'H-' })
  second.release()
})

test('goes to whoever asked when nothing follows', async () => {
  const { first, second, asked } = await held()
  first.leave()
  await asked
  expect(newest()).toEqual({ generation: 2, state: 'H-' })
  second.release()
})

test('goes soon to whoever asks after it was left', async () => {
  const [first, second] = [aLock(), aLock()]
  await first.acquire()
  first.leave()
  await second.acquire()
  expect(newest()).toEqual({ generation: 2, state: 'H-' })
  second.release()
})

test('does not come back before whoever asked had it', async () => {
  const { first, second, asked } = await held()
  const order: string[] = []
  clock.advance(60)
  first.leave()
  const again = first.acquire().then(() => order.push('first'))
  await asked
  order.push('second')
  second.release()
  await again
  expect(order).toEqual(['second', 'first'])
  first.release()
})
