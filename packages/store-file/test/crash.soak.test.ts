import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aftermath, killAgainAndAgain, lookOn, startWriter } from './crashes.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sshmcp-soak-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

test('1,000 kill -9 among 6 writers', async () => {
  const { report, lost, acknowledged } = await aftermath(home, await killAgainAndAgain(home, 1_000, 6))
  expect(lost).toEqual([])
  expect(acknowledged).toBeGreaterThan(5_000)
  expect(report).toMatchObject({ isIntact: true, firstBad: undefined })
})

test('8 processes with 10,000 entries each write one chain of 80,000, and readers alongside never err', async () => {
  await (await startWriter(home, 'first', 1, 1)).gone
  const onlookers = lookOn(home)
  const writers = await Promise.all(Array.from({ length: 8 }, (_, at) => startWriter(home, `w${at}`, 10_000, 64)))
  expect(await Promise.all(writers.map(({ gone }) => gone))).toEqual(Array(8).fill(0))
  const looks = await onlookers.stop()
  const { report, lost, entries } = await aftermath(home, writers)
  expect({ lost, entries }).toEqual({ lost: [], entries: 80_001 })
  expect(report).toMatchObject({ verdict: 'OK_SIGNED', recovered: 0 })
  expect(Math.min(looks.verified, looks.followed)).toBeGreaterThan(0)
})
