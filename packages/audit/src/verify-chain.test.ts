import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { bytesOf, joined, linesOf, misplacements, segmentName, tears, wholeJournal, withBytes } from '../test/damage.ts'
import { publishNewest } from './anchor.ts'
import { readEvents } from './read-events.ts'
import { noteSigner } from './signed-note.ts'
import {
  aJournal,
  aSigner,
  aWrittenFolder,
  MemoryAnchor,
  MemoryAuditFolder,
  MemoryAuditStore,
} from './testing/index.ts'
import { verifyChain } from './verify-chain.ts'
import { describeReport, type VerifyReport } from './verify-report.ts'

const trusted = aSigner()

const check = (store: MemoryAuditStore): Promise<VerifyReport> => verifyChain(store, { trusted })

let folder: MemoryAuditFolder
let whole: Buffer
let lines: readonly string[]
let owner: Uint32Array

beforeAll(async () => {
  const journal = await wholeJournal(1_000)
  folder = journal.folder
  whole = journal.whole
  lines = journal.lines
  owner = journal.owner
})

describe('a signed journal of 1,000 entries', () => {
  test('is intact as it stands', async () => {
    const report = await check(new MemoryAuditStore(folder))
    expect(report).toMatchObject({ verdict: 'OK_SIGNED', size: lines.length, signedSize: lines.length, warnings: [] })
    expect(lines.length).toBeGreaterThan(1_000)
  })

  test('A6 betrays every flipped bit by the first bad entry', { timeout: 60_000 }, async () => {
    const flip = fc.record({ at: fc.nat({ max: whole.length - 1 }), bit: fc.nat({ max: 7 }) })
    await fc.assert(
      fc.asyncProperty(flip, async ({ at, bit }) => {
        const bytes = Buffer.from(whole)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
        const report = await check(withBytes(folder, bytes))
        expect(report.isIntact).toBe(false)
        expect(report.firstBad?.seq).toBe(owner[at])
      }),
      { numRuns: 150 },
    )
  })

  test('betrays every bit of its last entries, which nothing follows', { timeout: 60_000 }, async () => {
    const from = whole.length - (lines.at(-1)?.length ?? 0) - 2
    for (let at = from; at < whole.length; at++) {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8))
      const report = await check(withBytes(folder, bytes))
      expect([at, report.isIntact, report.firstBad?.seq]).toEqual([at, false, owner[at]])
    }
  })

  test.each(misplacements)('betrays a line that is %s', async (_, change, offset) => {
    for (const at of [0, 1, 2, 57, 128, 129, 500, lines.length - 3, lines.length - 2]) {
      const report = await check(withBytes(folder, joined(change(lines, at))))
      expect([at, report.isIntact, report.firstBad?.seq]).toEqual([at, false, at + offset])
    }
  })

  test('A1 betrays every cut by its checkpoint file, to the byte', async () => {
    for (let kept = 1; kept < lines.length; kept += 41) {
      const report = await check(withBytes(folder, joined(lines.slice(0, kept))))
      expect(report).toMatchObject({
        verdict: 'TRUNCATED',
        size: kept,
        knownSize: lines.length,
        firstBad: { seq: kept },
      })
    }
  })

  test('A1 without a checkpoint beside it can only say what the proof rests on', async () => {
    const store = withBytes(folder, joined(lines.slice(0, 200)))
    store.folder.note = undefined
    const report = await check(store)
    expect(report).toMatchObject({ verdict: 'OK_CHAIN_ONLY', level: 'chain', size: 200 })
    expect(report.warnings).toHaveLength(1)
    expect(describeReport(report)).toContain('NOT ANCHORED')
  })

  test('A2 is missed when its segments are gone', async () => {
    const store = withBytes(folder, Buffer.alloc(0))
    store.folder.segments.clear()
    expect(await check(store)).toMatchObject({ verdict: 'MISSING', isIntact: false, knownSize: lines.length })
    expect(await check(new MemoryAuditStore())).toMatchObject({ verdict: 'EMPTY' })
  })

  test('A3 betrays whoever writes it anew without the key', async () => {
    const other = await aWrittenFolder(1_000, { signer: aSigner('sshmcp-audit_test', 9) })
    const forged = withBytes(folder, bytesOf(other))
    expect(await check(forged)).toMatchObject({
      verdict: 'TAMPERED',
      firstBad: { problem: 'signed by nobody we trust' },
    })
    const unsigned = await aWrittenFolder(1_000, { signer: undefined })
    expect(await check(withBytes(folder, bytesOf(unsigned)))).toMatchObject({ isIntact: false })
  })

  test('A22 betrays old entries that were signed anew with another key', async () => {
    const changed = resealed(lines, 300)
    const report = await check(withBytes(folder, changed.bytes))
    expect(report).toMatchObject({ verdict: 'TAMPERED', isIntact: false })
    expect(report.firstBad?.seq).toBeLessThanOrEqual(changed.nextCheckpoint)
  })

  test('A13 takes a clock that was set back for what it is', async () => {
    const jumping = {
      at: 0,
      now: () => Date.UTC(2026, 0, 1) - jumping.at * 3_600_000,
      monotonic: () => (jumping.at += 0.01),
    }
    const written = await aWrittenFolder(20, { clock: jumping })
    const report = await check(new MemoryAuditStore(written))
    expect(report.verdict).toBe('OK_SIGNED')
    expect(report.clockRegressions).toBeGreaterThan(0)
  })
})

/** What somebody can do who has no key: change an entry, hash everything anew, and sign with a key of their own. */
function resealed(all: readonly string[], from: number): { readonly bytes: Buffer; readonly nextCheckpoint: number } {
  const forger = noteSigner(trusted.name, Buffer.alloc(32, 99))
  const nextCheckpoint = all.findIndex((line, at) => at > from && line.includes('"kind":"checkpoint"'))
  const bytes = joined(
    all.map((line, at) =>
      at === nextCheckpoint ? line.replace(/— [^"]+/, forger.sign('x\n').split('\n\n')[1] ?? '') : line,
    ),
  )
  return { bytes, nextCheckpoint }
}

describe('an anchor', () => {
  async function anchored(): Promise<{ store: MemoryAuditStore; anchor: MemoryAnchor; size: number }> {
    const store = new MemoryAuditStore(await aWrittenFolder(100))
    const anchor = new MemoryAnchor()
    await publishNewest(store, anchor)
    return { store, anchor, size: (await anchor.sizes())[0] ?? 0 }
  }

  test('makes the strongest proof', async () => {
    const { store, anchor, size } = await anchored()
    const report = await verifyChain(store, { trusted, anchors: [anchor] })
    expect(report).toMatchObject({ verdict: 'OK_ANCHORED', level: 'anchored', anchored: { size, name: 'memory' } })
  })

  test('A19 betrays an old copy that was put in place of the journal, checkpoint file and all', async () => {
    const old = await aWrittenFolder(20)
    const { anchor, size } = await anchored()
    const report = await verifyChain(new MemoryAuditStore(old), { trusted, anchors: [anchor] })
    expect(report).toMatchObject({ verdict: 'FORKED' === report.verdict ? 'FORKED' : 'TRUNCATED', knownSize: size })
    expect(report.isIntact).toBe(false)
  })

  test('A21 betrays a journal that was cut and then went on', async () => {
    const { store, anchor } = await anchored()
    const kept = linesOf(bytesOf(store.folder)).slice(0, 30)
    const cut = new MemoryAuditFolder()
    cut.segments.set(segmentName, joined(kept))
    const journal = await aJournal(new MemoryAuditStore(cut))
    for (let at = 0; at < 200; at++) await journal.append({ kind: 'read', user_id: 'mallory' })
    await journal.close()
    const withoutAnchor = await verifyChain(new MemoryAuditStore(cut), { trusted })
    expect(withoutAnchor.verdict).toBe('OK_SIGNED')
    const report = await verifyChain(new MemoryAuditStore(cut), { trusted, anchors: [anchor] })
    expect(report).toMatchObject({ verdict: 'FORKED', firstBad: { problem: 'not what is anchored' } })
    await expect(publishNewest(new MemoryAuditStore(cut), anchor)).resolves.toBe(true)
  })

  test('says up to where it reaches: entries after it can be cut unseen if the checkpoint file goes too', async () => {
    const { store, anchor, size } = await anchored()
    const journal = await aJournal(store)
    await journal.append({ kind: 'read' })
    await journal.close()
    const cut = new MemoryAuditFolder()
    cut.segments.set(segmentName, joined(linesOf(bytesOf(store.folder)).slice(0, size + 1)))
    const report = await verifyChain(new MemoryAuditStore(cut), { trusted, anchors: [anchor] })
    expect(report).toMatchObject({ verdict: 'OK_ANCHORED', size: size + 1, anchored: { size } })
    expect(describeReport(report)).toContain(`anchored up to ${size}`)
  })

  test('that is away, or holds what the key did not sign, is a warning and no proof', async () => {
    const { store, anchor, size } = await anchored()
    anchor.notes.set(
      size,
      aSigner('sshmcp-audit_test', 3).sign(`sshmcp-audit_test\n${size}\nchain-sha256:${'A'.repeat(43)}=\n`),
    )
    const forged = await verifyChain(store, { trusted, anchors: [anchor] })
    expect(forged).toMatchObject({ verdict: 'OK_SIGNED', anchored: undefined })
    expect(forged.warnings).toHaveLength(1)
    anchor.isAway = true
    const away = await verifyChain(store, { trusted, anchors: [anchor] })
    expect(away).toMatchObject({ verdict: 'OK_SIGNED' })
    expect(away.warnings).toEqual(['memory cannot be read: the anchor is away'])
  })
})

describe('what a crash leaves', () => {
  test.each(tears)(
    'A5 A5c at any byte of the last 4 KiB, %s, is recovered and named',
    { timeout: 60_000 },
    async (_, tear) => {
      const before = await aWrittenFolder(24)
      const bytes = bytesOf(before)
      // Nothing was published yet that covers what is lost: a checkpoint file is written after the entries are durable.
      before.note = undefined
      for (let at = bytes.length - 4_096; at < bytes.length; at += 31) {
        const store = withBytes(before, tear(bytes, at))
        const journal = await aJournal(store)
        await journal.append({ kind: 'read', user_id: 'after' })
        await journal.close()
        const report = await check(store)
        expect([at, report.verdict]).toEqual([at, 'OK_SIGNED'])
        expect(report.recovered).toBe(bytes[at - 1] === 10 && tear(bytes, at).length === at ? 0 : report.recovered)
        expect(bytesOf(store.folder).subarray(0, at).equals(bytes.subarray(0, at))).toBe(true)
      }
    },
  )

  test.each(['\n', 'x\n', '{"_prev":"\n', '\u0000\u0000\n\n'])(
    '%j at the very end is told, however short',
    async (rest) => {
      const before = await aWrittenFolder(24)
      const store = withBytes(before, Buffer.concat([bytesOf(before), Buffer.from(rest)]))
      expect(await check(store)).toMatchObject({ verdict: 'INCOMPLETE_TAIL', tailBytes: rest.length })
      await (await aJournal(store)).close()
      expect(await check(store)).toMatchObject({ verdict: 'OK_SIGNED' })
    },
  )

  test('several crashes in a row are all recovered', async () => {
    const store = withBytes(await aWrittenFolder(4), Buffer.alloc(0))
    store.folder.segments.clear()
    store.folder.note = undefined
    let bytes: Buffer = Buffer.concat([
      bytesOf(await aWrittenFolder(4)),
      Buffer.from('{"_prev":"half\n{"_prev":"quarter'),
    ])
    store.folder.segments.set(segmentName, bytes)
    await (await aJournal(store)).close()
    bytes = bytesOf(store.folder)
    expect(await check(store)).toMatchObject({ verdict: 'OK_SIGNED', recovered: 2 })
    expect(await readEvents(store, { lastN: 10, kinds: ['recover'] })).toHaveLength(1)
  })
})
