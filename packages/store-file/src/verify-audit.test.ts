import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeReport, type Journal, openJournal, publishNewest, readEvents } from '@sshmcp/audit'
import { ManualClock } from '@sshmcp/kernel/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAuditKey } from './audit-key.ts'
import { openFileAuditStore } from './file-audit-store.ts'
import { openFolderAnchor } from './folder-anchor.ts'
import { verifyAudit } from './verify-audit.ts'

let home: string
let dir: string
let segment: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sshmcp-verify-'))
  dir = join(home, 'audit_logs')
  segment = join(dir, '000000000000.jsonl')
  mkdirSync(join(home, 'anchor'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const open = async (): Promise<Journal> =>
  openJournal({
    store: await openFileAuditStore({ dir }),
    clock: new ManualClock(),
    redactValue: (value) => value,
    writer: { version: '1.0.0', pid: process.pid },
    signer: openAuditKey(join(home, 'keys', 'audit.key')),
  })

async function write(entries: number): Promise<void> {
  const journal = await open()
  const writes = Array.from({ length: entries }, (_, at) => journal.append({ kind: 'read', user_id: `user-${at}` }))
  await Promise.all(writes)
  await journal.close()
}

describe('verifyAudit', () => {
  test('says that there is no journal where there never was one', async () => {
    expect(await verifyAudit(dir)).toMatchObject({ verdict: 'EMPTY', isIntact: true, isEnough: true })
    expect(await verifyAudit(dir, { require: 'signed' })).toMatchObject({ isEnough: false })
  })

  test('says what the proof rests on', async () => {
    await write(300)
    const report = await verifyAudit(dir)
    expect(report).toMatchObject({ verdict: 'OK_SIGNED', level: 'signed', isEnough: true, warnings: [] })
    expect(report.signedSize).toBe(report.size)
    expect(describeReport(report)).toContain('NOT ANCHORED')
    expect(await verifyAudit(dir, { require: 'anchored' })).toMatchObject({ isEnough: false })
    expect(await verifyAudit(dir, { keyFile: join(home, 'none') })).toMatchObject({ verdict: 'OK_CHAIN_ONLY' })
  })

  test('rests on an anchor once the newest checkpoint was copied there', async () => {
    await write(10)
    const anchor = openFolderAnchor(join(home, 'anchor'))
    const store = await openFileAuditStore({ dir })
    expect(await publishNewest(store, anchor)).toBe(true)
    expect(await publishNewest(store, anchor)).toBe(false)
    const report = await verifyAudit(dir, { anchorDir: join(home, 'anchor'), require: 'anchored' })
    expect(report).toMatchObject({ verdict: 'OK_ANCHORED', isEnough: true, anchored: { size: report.size } })
  })

  test('goes on in the same chain at each start', async () => {
    await write(3)
    await write(3)
    expect(await verifyAudit(dir)).toMatchObject({ verdict: 'OK_SIGNED' })
    const events = await readEvents(await openFileAuditStore({ dir }), { lastN: 100 })
    expect(events.map(({ kind }) => kind)).toEqual([
      'open',
      'read',
      'read',
      'read',
      'close',
      'open',
      'read',
      'read',
      'read',
      'close',
    ])
  })

  test('begins in the middle when asked to', async () => {
    await write(600)
    const report = await verifyAudit(dir, { fromSeq: 500 })
    expect(report).toMatchObject({ verdict: 'OK_SIGNED' })
    expect(report.fromSeq).toBeGreaterThan(300)
    expect(report.fromSeq).toBeLessThanOrEqual(500)
  })

  test('recovers from a torn end, and says so', async () => {
    await write(3)
    const whole = readFileSync(segment)
    appendFileSync(segment, '{"_prev":"torn')
    expect(await verifyAudit(dir)).toMatchObject({ verdict: 'INCOMPLETE_TAIL', tailBytes: 14, isIntact: true })
    await write(1)
    expect(await verifyAudit(dir)).toMatchObject({ verdict: 'OK_SIGNED', recovered: 1 })
    expect(readFileSync(segment).subarray(0, whole.length).equals(whole)).toBe(true)
  })

  test('names the entry that was changed', async () => {
    await write(20)
    const text = readFileSync(segment, 'utf8')
    writeFileSync(segment, text.replace('user-7"', 'user-x"'))
    const report = await verifyAudit(dir)
    expect(report).toMatchObject({ verdict: 'TAMPERED', isIntact: false, isEnough: false })
    const lines = text.split('\n')
    expect(report.firstBad?.seq).toBe(lines.findIndex((line) => line.includes('user-7"')))
  })

  test('sees a cut end by the checkpoint file, and the next writer refuses to go on', async () => {
    await write(20)
    const lines = readFileSync(segment, 'utf8').split('\n')
    truncateSync(segment, Buffer.byteLength(`${lines.slice(0, 10).join('\n')}\n`))
    const report = await verifyAudit(dir)
    expect(report).toMatchObject({ verdict: 'TRUNCATED', size: 10, firstBad: { seq: 10 } })
    expect(describeReport(report)).toBe(
      `TRUNCATED at 10, checkpoint ${lines.length - 1}: ${lines.length - 11} entries are missing`,
    )
    await expect(open()).rejects.toMatchObject({ code: 'AUDIT_ROLLED_BACK' })
  })
})
