import { beforeEach, expect, test } from 'vitest'
import { type EventFilter, readEvents } from './read-events.ts'
import { aJournal, MemoryAuditStore } from './testing/index.ts'

let store: MemoryAuditStore
beforeEach(async () => {
  store = new MemoryAuditStore()
  const journal = await aJournal(store)
  for (const user_id of ['ada', 'bea', 'ada', 'bea', 'ada']) await journal.append({ kind: 'read', user_id })
  await journal.append({ kind: 'read', user_id: 'cyd', command: 'echo "a b"' })
})

const positions = async (filter: EventFilter & { readonly lastN: number }) =>
  (await readEvents(store, filter)).map(({ seq, user_id }) => [seq, user_id])

test('goes on before a position, so that a journal is read page by page', async () => {
  const newest = await positions({ lastN: 2, userId: 'ada' })
  expect(newest.map(([, user]) => user)).toEqual(['ada', 'ada'])
  const oldest = Number(newest[0]?.[0])
  const older = await positions({ lastN: 2, userId: 'ada', beforeSeq: oldest })
  expect(older).toEqual([[oldest - 2, 'ada']])
})

test('finds a piece of text as it stands in the file', async () => {
  expect((await positions({ lastN: 9, text: '\\"a b\\"' })).map(([, user]) => user)).toEqual(['cyd'])
  expect(await positions({ lastN: 9, text: 'nothing like it' })).toEqual([])
})
