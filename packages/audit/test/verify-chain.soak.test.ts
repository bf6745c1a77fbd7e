import { verifyChain } from '@sshmcp/audit'
import { aJournal, aSigner, aWrittenFolder } from '@sshmcp/audit/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { bytesOf, joined, misplacements, tears, type WholeJournal, wholeJournal, withBytes } from './damage.ts'

const trusted = aSigner()

// What the unit tests sample, all of it.
describe('in a signed journal of 1,000 entries', () => {
  let journal: WholeJournal
  beforeAll(async () => {
    journal = await wholeJournal(1_000)
  })

  test.each([0, 1, 2, 3, 4, 5, 6, 7])('bit %i of no byte can be flipped unseen', async (bit) => {
    const { folder, whole, owner } = journal
    const bytes = Buffer.from(whole)
    const store = withBytes(folder, bytes)
    const missed: number[] = []
    for (const [at, byte] of whole.entries()) {
      bytes[at] = byte ^ (1 << bit)
      const report = await verifyChain(store, { trusted })
      if (report.isIntact || report.firstBad?.seq !== owner[at]) missed.push(at)
      bytes[at] = byte
    }
    expect(missed).toEqual([])
    expect(await verifyChain(store, { trusted })).toMatchObject({ verdict: 'OK_SIGNED', size: journal.lines.length })
  })

  test.each(misplacements)('no line can be %s unseen', async (_, change, offset) => {
    const { folder, lines } = journal
    for (let at = 0; at < lines.length - 1; at++) {
      const report = await verifyChain(withBytes(folder, joined(change(lines, at))), { trusted })
      expect([at, report.isIntact, report.firstBad?.seq]).toEqual([at, false, at + offset])
    }
  })

  test('no number of entries can be cut off unseen', async () => {
    const { folder, lines } = journal
    for (let kept = 1; kept < lines.length; kept++) {
      const report = await verifyChain(withBytes(folder, joined(lines.slice(0, kept))), { trusted })
      expect([kept, report.verdict, report.firstBad?.seq]).toEqual([kept, 'TRUNCATED', kept])
    }
  })
})

test.each(tears)('a journal that is %s at any byte of its last 4 KiB recovers', async (_, tear) => {
  const before = await aWrittenFolder(24)
  const bytes = bytesOf(before)
  before.note = undefined
  for (let at = bytes.length - 4_096; at < bytes.length; at++) {
    const store = withBytes(before, tear(bytes, at))
    const journal = await aJournal(store)
    await journal.append({ kind: 'read', user_id: 'after' })
    await journal.close()
    const report = await verifyChain(store, { trusted })
    expect([at, report.verdict]).toEqual([at, 'OK_SIGNED'])
    expect(bytesOf(store.folder).subarray(0, at).equals(bytes.subarray(0, at))).toBe(true)
  }
})
