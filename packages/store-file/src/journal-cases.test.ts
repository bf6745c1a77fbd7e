import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  anchorLag,
  type Journal,
  type JournalDeps,
  openJournal,
  readEvents,
  readVerifiedEvents,
  startAnchoring,
} from '@sshmcp/audit'
import { ManualClock } from '@sshmcp/kernel/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAuditKey, readAuditKey } from './audit-key.ts'
import { FileAuditSource } from './file-audit-source.ts'
import { openFileAuditStore } from './file-audit-store.ts'
import { openFolderAnchor } from './folder-anchor.ts'
import { attempt, release } from './generation-lock.ts'
import { openLockFolder } from './lock-folder.ts'
import { ownIdentity } from './process-identity.ts'
import { verifyAudit } from './verify-audit.ts'

let home: string
let dir: string
let segment: string
let keyFile: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sshmcp-cases-'))
  dir = join(home, 'audit_logs')
  segment = join(dir, '000000000000.jsonl')
  keyFile = join(home, 'keys', 'audit.key')
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const open = async (overrides: Partial<JournalDeps> = {}): Promise<Journal> =>
  openJournal({
    store: await openFileAuditStore({ dir, patienceMs: 500 }),
    clock: new ManualClock(),
    redactValue: (value) => value,
    writer: { version: '1.0.0', pid: process.pid },
    signer: openAuditKey(keyFile),
    ...overrides,
  })

async function write(entries: number, overrides: Partial<JournalDeps> = {}): Promise<void> {
  const journal = await open(overrides)
  for (let at = 0; at < entries; at++) await journal.append({ kind: 'read', user_id: `user-${at}` })
  await journal.close()
}

describe('on the disk', () => {
  test('folders are 0700, files 0600, the key is made once, and sealed segments cannot be written', async () => {
    await write(40, { limits: { segmentBytes: 3_000 } })
    const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8)
    const files = readdirSync(dir)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
    expect(files.length).toBeGreaterThan(2)
    expect([mode(dir), mode(join(dir, 'lockd')), mode(join(home, 'keys'))]).toEqual(['700', '700', '700'])
    expect([mode(keyFile), mode(join(dir, 'checkpoint')), mode(join(dir, 'log.json'))]).toEqual(['600', '600', '600'])
    expect(files.map((name) => mode(join(dir, name)))).toEqual([...files.slice(1).map(() => '400'), '600'])
    const key = readFileSync(keyFile, 'utf8')
    await write(1)
    expect(readFileSync(keyFile, 'utf8')).toBe(key)
    expect(await verifyAudit(dir)).toMatchObject({ verdict: 'OK_SIGNED' })
    const heads = await readEvents(new FileAuditSource(dir), { lastN: 10, kinds: ['segment'] })
    const first = files[0] ?? ''
    const sha256 = createHash('sha256')
      .update(readFileSync(join(dir, first)))
      .digest('hex')
    expect(heads[1]?.detail).toMatchObject({
      previous: { name: first.slice(0, 12), bytes: statSync(join(dir, first)).size, sha256 },
    })
  })

  test('a log of the original is left alone, and its hash stands in the first entry', async () => {
    mkdirSync(dir, { mode: 0o700 })
    writeFileSync(join(dir, 'audit.jsonl'), '{"event":"old"}\n')
    await write(1)
    expect(readFileSync(join(dir, 'audit.jsonl'), 'utf8')).toBe('{"event":"old"}\n')
    const [first] = await readEvents(new FileAuditSource(dir), { lastN: 10, kinds: ['segment'] })
    const sha256 = createHash('sha256').update('{"event":"old"}\n').digest('hex')
    expect(first).toMatchObject({ seq: 0, detail: { predecessor: { name: 'audit.jsonl', bytes: 16, sha256 } } })
    expect(await verifyAudit(dir)).toMatchObject({ verdict: 'OK_SIGNED' })
  })
})

describe('A18 a journal that is changed under the running server', () => {
  const changes: readonly (readonly [string, () => void])[] = [
    ['moved away', () => renameSync(segment, `${segment}.1`)],
    ['deleted', () => unlinkSync(segment)],
    ['shortened', () => truncateSync(segment, 100)],
    ['emptied', () => truncateSync(segment, 0)],
    [
      'replaced by a copy',
      () => {
        copyFileSync(segment, `${segment}.copy`)
        renameSync(`${segment}.copy`, segment)
      },
    ],
  ]
  test.each(changes)('%s: nothing more is written', async (_, change) => {
    const journal = await open()
    await journal.append({ kind: 'read' })
    change()
    const names = readdirSync(dir)
    await expect(journal.append({ kind: 'read' })).rejects.toMatchObject({
      code: 'AUDIT_UNAVAILABLE',
      message: expect.stringContaining('changed from outside'),
    })
    expect(journal.healthy).toBe(false)
    expect(readdirSync(dir)).toEqual(names)
  })
})

describe('A20 what others could write is refused', () => {
  const code = { code: 'STORE_PATH_UNSAFE' }

  test('a folder or file with a mode that lets them', async () => {
    await write(1)
    chmodSync(segment, 0o666)
    await expect(open()).rejects.toMatchObject(code)
    chmodSync(segment, 0o600)
    chmodSync(dir, 0o777)
    await expect(open()).rejects.toMatchObject(code)
    chmodSync(dir, 0o755)
    await write(1)
    expect(statSync(dir).mode & 0o777).toBe(0o700)
    chmodSync(keyFile, 0o660)
    expect(() => openAuditKey(keyFile)).toThrow(expect.objectContaining(code))
  })

  test('a link in place of a folder or a file, and a file with a second name', async () => {
    await write(1)
    renameSync(dir, `${dir}.real`)
    symlinkSync(`${dir}.real`, dir)
    await expect(open()).rejects.toMatchObject(code)
    unlinkSync(dir)
    renameSync(`${dir}.real`, dir)
    renameSync(segment, join(home, 'elsewhere.jsonl'))
    symlinkSync(join(home, 'elsewhere.jsonl'), segment)
    await expect(open()).rejects.toMatchObject(code)
    unlinkSync(segment)
    renameSync(join(home, 'elsewhere.jsonl'), segment)
    linkSync(segment, join(home, 'second.jsonl'))
    await expect(open()).rejects.toMatchObject(code)
    unlinkSync(join(home, 'second.jsonl'))
    await write(1)
  })
})

describe('the lock', () => {
  test('names the process that holds it for too long', async () => {
    await write(1)
    const steps = attempt(openLockFolder(join(dir, 'lockd')), ownIdentity(), () => false)
    let step = steps.next()
    while (!step.done) step = steps.next()
    if (step.value.outcome !== 'held') throw new Error('not held')
    await expect(open()).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      message: expect.stringContaining(`process ${process.pid} `),
    })
    release(step.value.file)
    await write(1)
  })

  test('of a process that is dead is no obstacle', async () => {
    await write(1)
    const dead = JSON.stringify({ ...JSON.parse(ownIdentity()), start: '1' })
    const highest = Number(readdirSync(join(dir, 'lockd')).sort().at(-1))
    writeFileSync(join(dir, 'lockd', String(highest + 1).padStart(15, '0')), `H-${dead}`)
    await write(1)
    const elsewhere = JSON.stringify({ ...JSON.parse(ownIdentity()), start: '1', namespace: 'pid:[1]' })
    writeFileSync(join(dir, 'lockd', String(highest + 50).padStart(15, '0')), `H-${elsewhere}`)
    await expect(open()).rejects.toMatchObject({ code: 'STORE_LOCKED' })
  })
})

describe('a start', () => {
  test('A12 reads only the end of the journal', async () => {
    await write(3_000)
    const reads: number[] = []
    class Counting extends FileAuditSource {
      override async read(name: string, offset: number, length: number): Promise<Uint8Array> {
        const bytes = await super.read(name, offset, length)
        reads.push(bytes.length)
        return bytes
      }
    }
    expect(statSync(segment).size).toBeGreaterThan(600_000)
    const events = await readEvents(new Counting(dir), { lastN: 50 })
    expect(events).toHaveLength(50)
    expect(reads.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(262_144)
    // The first line is not even looked at: a start would stumble over it otherwise.
    const text = readFileSync(segment, 'utf8')
    writeFileSync(segment, text.replace('"kind":"segment"', '"kind":"sEgment"'))
    await write(1)
    expect(await verifyAudit(dir)).toMatchObject({ verdict: 'TAMPERED', firstBad: { seq: 0 } })
  })

  test('A21 refuses a journal that was cut, until a person decides', async () => {
    await write(20)
    const lines = readFileSync(segment, 'utf8').split('\n')
    writeFileSync(segment, `${lines.slice(0, 9).join('\n')}\n`)
    const before = readFileSync(segment)
    await expect(open()).rejects.toMatchObject({ code: 'AUDIT_ROLLED_BACK' })
    expect(readFileSync(segment).equals(before)).toBe(true)
  })

  test('A5 is never prevented by a torn end, and A24 a reader never sees half an entry', async () => {
    await write(5)
    for (const piece of ['{"_prev":"', '\u0000'.repeat(5_000), 'x'.repeat(200_000)]) {
      appendFileSync(segment, piece)
      expect((await readEvents(new FileAuditSource(dir), { lastN: 100 })).length).toBeGreaterThan(0)
      expect(await verifyAudit(dir)).toMatchObject({ verdict: 'INCOMPLETE_TAIL', tailBytes: Buffer.byteLength(piece) })
      await write(1)
      expect(await verifyAudit(dir)).toMatchObject({ verdict: 'OK_SIGNED' })
    }
    expect(await verifyAudit(dir)).toMatchObject({ recovered: 3 })
  })
})

describe('A25 whoever reads the journal', () => {
  test('gets at most what was asked for, matching, newest last, and hears how far it is proved', async () => {
    const journal = await open()
    for (let at = 0; at < 300; at++) {
      await journal.append({
        kind: 'read',
        user_id: at % 2 ? 'alice' : 'bob',
        host_id: `h${at % 3}`,
        tool: 't',
        status: 'ok',
      })
    }
    const source = new FileAuditSource(dir)
    const filter = { lastN: 10, userId: 'alice', hostId: 'h1', tool: 't', status: 'ok' as const }
    const { events, report } = await readVerifiedEvents(source, filter, { trusted: readAuditKey(keyFile) })
    expect(events).toHaveLength(10)
    expect(events.every(({ user_id, host_id }) => user_id === 'alice' && host_id === 'h1')).toBe(true)
    expect(report.fromSeq).toBeLessThanOrEqual(events[0]?.seq ?? 0)
    expect(report.size).toBeGreaterThan(events.at(-1)?.seq ?? 0)
    expect(report.isIntact).toBe(true)
    await journal.close()
  })
})

describe('anchoring', () => {
  test('copies the newest checkpoint, catches up when the place was away, and tells how far behind it is', async () => {
    await write(5)
    const source = new FileAuditSource(dir)
    const place = join(home, 'anchor')
    const anchor = openFolderAnchor(place)
    const anchoring = startAnchoring({ source, anchor })
    await expect(anchoring.flush()).rejects.toThrow('ENOENT')
    expect(anchoring.problem).toBeDefined()
    expect(existsSync(place)).toBe(false)
    mkdirSync(place)
    await anchoring.flush()
    const { size } = await verifyAudit(dir)
    expect(await anchorLag(source, anchor)).toMatchObject({ checkpointSize: size, anchoredSize: size })
    await write(5)
    expect((await anchorLag(source, anchor)).checkpointSize).toBeGreaterThan(size)
    await anchoring.close()
    expect(await verifyAudit(dir, { anchorDir: place, require: 'anchored' })).toMatchObject({ isEnough: true })
    await expect(anchor.publish(size, 'another history\n')).rejects.toMatchObject({ code: 'AUDIT_ANCHOR_CONFLICT' })
  })
})
