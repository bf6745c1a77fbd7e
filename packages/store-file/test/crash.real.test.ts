import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyAudit } from '@sshmcp/store-file'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aftermath, killAgainAndAgain, lookOn, startWriter } from './crashes.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sshmcp-crash-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

test('100 kill -9 among 4 writers: nothing that was acknowledged is lost, and there is one chain', {
  timeout: 600_000,
}, async () => {
  const writers = await killAgainAndAgain(home, 100, 4)
  const { report, lost, acknowledged } = await aftermath(home, writers)
  expect(lost).toEqual([])
  expect(acknowledged).toBeGreaterThan(500)
  expect(report).toMatchObject({ isIntact: true, firstBad: undefined })
  // Whoever comes next heals what is left, and knows that all the others are dead.
  const last = await startWriter(home, 'last', 1, 1)
  expect(await last.gone).toBe(0)
  expect(await verifyAudit(`${home}/audit_logs`)).toMatchObject({ verdict: 'OK_SIGNED' })
})

test('A4 8 processes write one chain while readers and verifiers look on, none of whom errs', {
  timeout: 600_000,
}, async () => {
  const first = await startWriter(home, 'first', 1, 1)
  await first.gone
  const onlookers = lookOn(home)
  const each = 500
  const writers = await Promise.all(Array.from({ length: 8 }, (_, at) => startWriter(home, `w${at}`, each, 16)))
  expect(await Promise.all(writers.map(({ gone }) => gone))).toEqual(Array(8).fill(0))
  const looks = await onlookers.stop()
  const { report, lost, entries } = await aftermath(home, writers)
  expect({ lost, entries }).toEqual({ lost: [], entries: 8 * each + 1 })
  expect(report).toMatchObject({ verdict: 'OK_SIGNED', recovered: 0 })
  expect(looks.verified).toBeGreaterThan(0)
  expect(looks.followed).toBeGreaterThan(0)
})
