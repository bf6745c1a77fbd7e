import assert from 'node:assert/strict'
import { isSshMcpError } from '@sshmcp/kernel'
import { type ContractCase, ManualClock } from '@sshmcp/kernel/testing'
import type { AuditEntry } from '../audit-event.ts'
import type { AuditStore, ChainHead } from '../audit-store.ts'
import { Draft } from '../draft.ts'
import { fitEvent } from '../fitted-event.ts'
import { openJournal } from '../journal.ts'
import { genesis } from '../leaf.ts'
import { readEvents } from '../read-events.ts'

/** A fresh place, and stores on it as different processes would have them. */
export interface AuditFixture {
  readonly openStore: () => Promise<AuditStore>
}

type Case = ContractCase<AuditFixture>
const keep = <T>(value: T): T => value

const openOn = async (store: AuditStore) =>
  openJournal({ store, clock: new ManualClock(), redactValue: keep, writer: { version: '0', pid: 1 } })

function draftOn(head: ChainHead, ...kinds: readonly AuditEntry['kind'][]): Draft {
  const draft = new Draft(head, new ManualClock(), 'w_contract')
  for (const kind of kinds) draft.add(fitEvent({ kind }, keep))
  return draft
}

const startsEmpty: Case = {
  name: 'a new place is an empty chain',
  run: async (make) => {
    const store = await (await make()).openStore()
    await store.commit((head) => {
      assert.equal(head.size, 0)
      assert.equal(head.leaf, genesis)
      assert.equal(head.segment, undefined)
      return { lines: [] }
    })
    assert.deepEqual(await store.segments(), [])
    await store.close()
  },
}

const extendsChain: Case = {
  name: 'what was committed is the head of the next section and can be read',
  run: async (make) => {
    const store = await (await make()).openStore()
    const drafts: Draft[] = []
    for (let turn = 0; turn < 3; turn++) {
      await store.commit((head) => {
        const draft = draftOn(head, turn === 0 ? 'segment' : 'read', 'read')
        drafts.push(draft)
        return { lines: draft.lines }
      })
    }
    await store.commit((head) => {
      assert.equal(head.size, 6)
      assert.equal(head.leaf, drafts.at(-1)?.leaf)
      return { lines: [] }
    })
    const [segment, ...others] = await store.segments()
    assert.ok(segment !== undefined && others.length === 0)
    assert.equal(segment.name, '000000000000')
    const bytes = await store.read(segment.name, 0, segment.bytes + 10)
    const wanted = drafts.flatMap((draft) => draft.lines).map(({ bytes }) => `${bytes}\n`)
    assert.equal(Buffer.from(bytes).toString(), wanted.join(''))
    assert.equal((await store.read(segment.name, segment.bytes, 10)).length, 0)
    await store.close()
  },
}

const refusesFork: Case = {
  name: 'refuses lines that do not extend the last entry, and writes none of them',
  run: async (make) => {
    const store = await (await make()).openStore()
    let stale: Draft | undefined
    await store.commit((head) => {
      stale = draftOn(head, 'segment', 'read')
      return { lines: draftOn(head, 'segment').lines }
    })
    const lines = stale?.lines ?? []
    await assert.rejects(
      store.commit(() => ({ lines })),
      (error) => isSshMcpError(error) && error.code === 'AUDIT_CHAIN_BROKEN',
    )
    await store.commit((head) => {
      assert.equal(head.size, 1)
      return { lines: draftOn(head, 'read').lines }
    })
    await store.close()
  },
}

const buildMayThrow: Case = {
  name: 'an error of build ends the section and changes nothing',
  run: async (make) => {
    const store = await (await make()).openStore()
    const planted = new Error('planted')
    const failing = store.commit(() => {
      throw planted
    })
    await assert.rejects(failing, (error) => error === planted)
    await store.commit((head) => ({ lines: draftOn(head, 'segment').lines }))
    assert.equal((await store.segments()).length, 1)
    await store.close()
  },
}

const oneChain: Case = {
  name: 'several stores on one place write one chain',
  run: async (make) => {
    const fixture = await make()
    const stores = [await fixture.openStore(), await fixture.openStore(), await fixture.openStore()]
    const journals = await Promise.all(stores.map(openOn))
    const writes = Array.from({ length: 60 }, (_, index) =>
      journals[index % journals.length]?.append({ kind: 'read', user_id: `user-${index}` }),
    )
    const entries = await Promise.all(writes)
    assert.equal(new Set(entries.map((entry) => entry?.seq)).size, 60)
    const reader = stores[0]
    assert.ok(reader !== undefined)
    const seen = await readEvents(reader, { lastN: 500, kinds: ['read'] })
    assert.equal(seen.length, 60)
    const sequence = seen.map((entry) => entry.seq)
    assert.deepEqual(
      sequence,
      [...sequence].sort((a, b) => a - b),
    )
    for (const journal of journals) await journal.close()
  },
}

const notes: Case = {
  name: 'keeps the newest note and the first description',
  run: async (make) => {
    const store = await (await make()).openStore()
    assert.equal(await store.note(), undefined)
    await store.commit((head) => ({ lines: draftOn(head, 'segment').lines, note: 'first\n', description: '{}\n' }))
    await store.commit(() => ({ lines: [], note: 'second\n', description: '[]\n' }))
    assert.equal(await store.description(), '{}\n')
    assert.equal(await store.note(), 'second\n')
    await store.close()
  },
}

/** What every `AuditStore` promises; run it against yours. */
export const auditStoreContract: readonly Case[] = [
  startsEmpty,
  extendsChain,
  refusesFork,
  buildMayThrow,
  oneChain,
  notes,
]
