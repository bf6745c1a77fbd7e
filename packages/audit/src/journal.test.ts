import { ManualClock } from '@sshmcp/kernel/testing'
import { describe, expect, test } from 'vitest'
import type { AuditEntry } from './audit-event.ts'
import { eventsForward } from './follow.ts'
import { readEvents } from './read-events.ts'
import { aJournal, aSigner, MemoryAuditFolder, MemoryAuditStore } from './testing/index.ts'
import { unknownOutcomes } from './unknown-outcomes.ts'
import { verifyChain } from './verify-chain.ts'

async function entries(folder: MemoryAuditFolder): Promise<AuditEntry[]> {
  const found: AuditEntry[] = []
  for await (const entry of eventsForward(new MemoryAuditStore(folder))) found.push(entry)
  return found
}

const verdict = async (folder: MemoryAuditFolder) =>
  (await verifyChain(new MemoryAuditStore(folder), { trusted: aSigner() })).verdict

describe('a journal', () => {
  test('opens with who writes, keeps the order of the calls and says goodbye', async () => {
    const folder = new MemoryAuditFolder()
    const journal = await aJournal(new MemoryAuditStore(folder))
    const written = await Promise.all([1, 2, 3].map((n) => journal.append({ kind: 'read', user_id: `u${n}` })))
    await journal.close()
    expect(written.map(({ seq }) => seq)).toEqual([3, 4, 5])
    const found = await entries(folder)
    expect(found.map(({ kind }) => kind)).toEqual(['open', 'read', 'read', 'read', 'close'])
    expect(found[0]).toMatchObject({ writer: 'w_000001', detail: { version: '1.0.0', pid: 1, identity: 'memory-1' } })
    expect(found[1]).toEqual(written[0])
  })

  test('is described behind its first entries, or at the next start when a crash came between', async () => {
    const folder = new MemoryAuditFolder()
    const unlucky = new MemoryAuditStore(folder)
    unlucky.failNext('write')
    await expect(aJournal(unlucky)).rejects.toThrow()
    expect(folder.description).toBeUndefined()
    expect(await verdict(folder)).not.toBe('MISSING')
    await (await aJournal(new MemoryAuditStore(folder))).close()
    const { description } = folder
    expect(description).toContain(aSigner().vkey)
    folder.description = undefined
    await (await aJournal(new MemoryAuditStore(folder))).close()
    expect(folder.description).toBe(description)
  })

  test('takes nothing after close', async () => {
    const journal = await aJournal(new MemoryAuditStore())
    await journal.close()
    await journal.close()
    await expect(journal.append({ kind: 'read' })).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
  })

  test('wants an operation_id where two entries belong together', async () => {
    const journal = await aJournal(new MemoryAuditStore())
    await expect(journal.append({ kind: 'intent' })).rejects.toMatchObject({ code: 'AUDIT_EVENT_INVALID' })
    await journal.close()
  })

  test('signs at the latest every 256 entries, and publishes at the start and at the end', async () => {
    const folder = new MemoryAuditFolder()
    const journal = await aJournal(new MemoryAuditStore(folder))
    expect(folder.note).toContain('\n3\nchain-sha256:')
    for (let at = 0; at < 700; at++) await journal.append({ kind: 'read' })
    await journal.close()
    const store = new MemoryAuditStore(folder)
    const signed = (await readEvents(store, { lastN: 100, kinds: ['checkpoint'] })).map(({ seq }) => seq)
    const gaps = signed.slice(1).map((seq, at) => seq - (signed[at] ?? 0))
    expect(Math.max(...gaps)).toBeLessThan(256)
    expect(signed.length).toBeGreaterThan(4)
    const last = (await readEvents(store, { lastN: 1, kinds: ['checkpoint'] }))[0]
    expect(folder.note).toContain(`\n${(last?.seq ?? 0) + 1}\n`)
  })

  test('signs after a minute of activity', async () => {
    const clock = new ManualClock()
    const folder = new MemoryAuditFolder()
    const journal = await aJournal(new MemoryAuditStore(folder), { clock })
    await journal.append({ kind: 'read' })
    const before = folder.note
    clock.advance(59_000)
    await journal.append({ kind: 'read' })
    expect(folder.note).toBe(before)
    clock.advance(1_000)
    await journal.append({ kind: 'read' })
    expect(folder.note).not.toBe(before)
    await journal.close()
  })

  test('begins a new segment when one is full or old, and the chain goes on', async () => {
    const clock = new ManualClock()
    const folder = new MemoryAuditFolder()
    const journal = await aJournal(new MemoryAuditStore(folder), { clock, limits: { segmentBytes: 4_000 } })
    for (let at = 0; at < 60; at++) await journal.append({ kind: 'read' })
    const bySize = folder.segments.size
    expect(bySize).toBeGreaterThan(2)
    clock.advance(86_400_000)
    await journal.append({ kind: 'read' })
    await journal.append({ kind: 'read' })
    expect(folder.segments.size).toBeGreaterThan(bySize)
    await journal.close()
    expect(await verdict(folder)).toBe('OK_SIGNED')
    const [head] = (await entriesOf(folder, 'segment')).slice(1)
    expect(head?.detail).toMatchObject({ previous: { name: '000000000000' }, vkey: aSigner().vkey })
  })

  test('cannot go on from a journal that another key signed', async () => {
    const folder = new MemoryAuditFolder()
    await (await aJournal(new MemoryAuditStore(folder))).close()
    const other = aJournal(new MemoryAuditStore(folder), { signer: aSigner('sshmcp-audit_test', 8) })
    await expect(other).rejects.toMatchObject({ code: 'AUDIT_KEY_CHANGED' })
  })
})

async function entriesOf(folder: MemoryAuditFolder, kind: AuditEntry['kind']): Promise<readonly AuditEntry[]> {
  return readEvents(new MemoryAuditStore(folder), { lastN: 1_000, kinds: [kind] })
}

describe('a write that fails', () => {
  test('A10 refuses the batch, says so, and heals by itself', async () => {
    const store = new MemoryAuditStore()
    const journal = await aJournal(store)
    store.failNext('write', 'ENOSPC')
    await expect(journal.append({ kind: 'read', user_id: 'lost' })).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
    expect(journal.healthy).toBe(false)
    await journal.append({ kind: 'read', user_id: 'kept' })
    expect(journal.healthy).toBe(true)
    await journal.close()
    expect((await readEvents(store, { lastN: 10, userId: 'lost' })).length).toBe(0)
    expect((await readEvents(store, { lastN: 10, userId: 'kept' })).length).toBe(1)
    const report = await verifyChain(store, { trusted: aSigner() })
    expect(report).toMatchObject({ verdict: 'OK_SIGNED', recovered: 1 })
  })

  test('A11 whose bytes arrived all the same is told that nothing was carried out', async () => {
    const store = new MemoryAuditStore()
    const journal = await aJournal(store)
    store.failNext('flush', 'EIO')
    const refused = journal.append({ kind: 'intent', operation_id: 'op_1' })
    await expect(refused).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
    await journal.append({ kind: 'read' })
    await journal.close()
    const told = await readEvents(store, { lastN: 10, operationId: 'op_1' })
    expect(told.map(({ kind, status, code }) => [kind, status, code])).toEqual([
      ['intent', undefined, undefined],
      ['outcome', 'error', 'AUDIT_UNAVAILABLE'],
    ])
    expect(await verdict(store.folder)).toBe('OK_SIGNED')
  })

  test('of an outcome is made up for as soon as the disk takes entries again', async () => {
    const store = new MemoryAuditStore()
    const journal = await aJournal(store)
    await journal.append({ kind: 'intent', operation_id: 'op_1' })
    store.failNext('write')
    const lost = journal.append({ kind: 'outcome', operation_id: 'op_1', status: 'ok', exit_code: 0 })
    await expect(lost).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' })
    await journal.append({ kind: 'read' })
    await journal.close()
    const told = await readEvents(store, { lastN: 10, operationId: 'op_1' })
    expect(told.map(({ kind, status }) => [kind, status])).toEqual([
      ['intent', undefined],
      ['outcome', 'ok'],
    ])
  })
})

describe('a writer that dies', () => {
  test('A9 leaves an intent whose end is unknown, and the next start says so', async () => {
    const folder = new MemoryAuditFolder()
    const first = new MemoryAuditStore(folder)
    const journal = await aJournal(first)
    await journal.append({ kind: 'intent', operation_id: 'op_1' })
    await journal.append({ kind: 'intent', operation_id: 'op_2' })
    await journal.append({ kind: 'outcome', operation_id: 'op_2', status: 'ok' })
    first.crash()
    const isGone = (identity: string) => folder.gone.has(identity)
    expect(await unknownOutcomes(new MemoryAuditStore(folder), isGone)).toMatchObject([
      { operationId: 'op_1', isRecorded: false },
    ])
    await (await aJournal(new MemoryAuditStore(folder))).close()
    const orphans = await entriesOf(folder, 'orphaned')
    expect(orphans).toMatchObject([{ operation_id: 'op_1', status: 'unknown', detail: { writer: 'w_000001' } }])
    expect(await unknownOutcomes(new MemoryAuditStore(folder), isGone)).toMatchObject([
      { operationId: 'op_1', isRecorded: true },
    ])
  })

  test('is not taken for dead while it lives', async () => {
    const folder = new MemoryAuditFolder()
    const journal = await aJournal(new MemoryAuditStore(folder))
    await journal.append({ kind: 'intent', operation_id: 'op_1' })
    const other = await aJournal(new MemoryAuditStore(folder))
    await journal.append({ kind: 'outcome', operation_id: 'op_1', status: 'ok' })
    await other.close()
    await journal.close()
    expect(await entriesOf(folder, 'orphaned')).toEqual([])
  })

  test('A5 in the middle of a line costs that line only', async () => {
    const folder = new MemoryAuditFolder()
    const first = new MemoryAuditStore(folder)
    const journal = await aJournal(first)
    await journal.append({ kind: 'read', user_id: 'kept' })
    await journal.append({ kind: 'read', user_id: 'torn' })
    first.crash(20)
    await (await aJournal(new MemoryAuditStore(folder))).close()
    expect((await entries(folder)).map(({ kind }) => kind)).toEqual([
      'open',
      'read',
      'recover',
      'close',
      'open',
      'close',
    ])
    expect(await verdict(folder)).toBe('OK_SIGNED')
  })

  test('A5b after the last byte of a line but one loses nothing', async () => {
    const folder = new MemoryAuditFolder()
    const first = new MemoryAuditStore(folder)
    const journal = await aJournal(first)
    await journal.append({ kind: 'read', user_id: 'whole' })
    first.crash(1)
    await (await aJournal(new MemoryAuditStore(folder))).close()
    const found = await entries(folder)
    expect(found.map(({ kind }) => kind)).toEqual(['open', 'read', 'close', 'open', 'close'])
    expect(await verdict(folder)).toBe('OK_SIGNED')
  })
})
