import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict'
import type { ContractCase } from '@sshmcp/kernel/testing'
import type { ApprovalStore } from '../approval-store.ts'

/** A store under test: as another process would open it, and as an editor could change it. */
export interface StoreFixture {
  readonly store: ApprovalStore
  /** The same content, opened again. */
  reopen(): Promise<ApprovalStore>
  overwrite(record: string, part: string, text: string): Promise<void>
}

/** What every {@link ApprovalStore} promises. */
export const approvalStoreContract: readonly ContractCase<StoreFixture>[] = [
  {
    name: 'gives back what was put, byte for byte, also after a restart',
    async run(makeFixture) {
      const { store, reopen } = await makeFixture()
      const text = 'line\n\u0000\u2028 ü 𝒳 "\\\n'
      strictEqual(await store.put('apr_1', 'request', text), true)
      deepStrictEqual([...(await store.read('apr_1'))], [['request', text]])
      deepStrictEqual([...(await (await reopen()).read('apr_1'))], [['request', text]])
    },
  },
  {
    name: 'creates a part once and never changes it',
    async run(makeFixture) {
      const { store, reopen } = await makeFixture()
      strictEqual(await store.put('apr_1', 'used', 'first'), true)
      strictEqual(await store.put('apr_1', 'used', 'second'), false)
      strictEqual(await (await reopen()).put('apr_1', 'used', 'third'), false)
      strictEqual((await store.read('apr_1')).get('used'), 'first')
    },
  },
  {
    name: 'lets one of many at once win',
    async run(makeFixture) {
      const { store, reopen } = await makeFixture()
      const other = await reopen()
      const tries = Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? store : other).put('apr_1', 'used', `by ${n}`))
      const wins = await Promise.all(tries)
      strictEqual(wins.filter((isWinner) => isWinner).length, 1)
      strictEqual((await store.read('apr_1')).get('used'), `by ${wins.indexOf(true)}`)
    },
  },
  {
    name: 'keeps parts and records apart',
    async run(makeFixture) {
      const { store } = await makeFixture()
      for (const [record, part] of [
        ['apr_1', 'request'],
        ['apr_1', 'try-1'],
        ['apr_2', 'request'],
      ] as const)
        strictEqual(await store.put(record, part, `${record} ${part}`), true)
      deepStrictEqual(Object.fromEntries(await store.read('apr_1')), {
        request: 'apr_1 request',
        'try-1': 'apr_1 try-1',
      })
      deepStrictEqual([...(await store.list())].sort(), ['apr_1', 'apr_2'])
    },
  },
  {
    name: 'answers with nothing for a record that is not there',
    async run(makeFixture) {
      const { store } = await makeFixture()
      strictEqual((await store.read('apr_none')).size, 0)
      deepStrictEqual(await store.list(), [])
      await store.remove('apr_none')
    },
  },
  {
    name: 'removes a record whole, and lets it be made again',
    async run(makeFixture) {
      const { store, reopen } = await makeFixture()
      await store.put('apr_1', 'request', 'a')
      await store.put('apr_1', 'decision', 'b')
      await store.remove('apr_1')
      strictEqual((await (await reopen()).read('apr_1')).size, 0)
      deepStrictEqual(await store.list(), [])
      strictEqual(await store.put('apr_1', 'request', 'c'), true)
    },
  },
  {
    name: 'refuses names that are not names',
    async run(makeFixture) {
      const { store } = await makeFixture()
      for (const name of ['', '.', '..', '../x', 'a/b', 'a\u0000b', 'a b', 'ä', 'x'.repeat(129)]) {
        await rejects(store.put(name, 'request', 'x'))
        await rejects(store.put('apr_1', name, 'x'))
        strictEqual((await store.read(name)).size, 0)
      }
      deepStrictEqual(await store.list(), [])
    },
  },
  {
    name: 'gives what an editor left as it is, and leaves judging it to the seal',
    async run(makeFixture) {
      const { store, reopen, overwrite } = await makeFixture()
      await store.put('apr_1', 'request', 'original')
      await overwrite('apr_1', 'request', 'edited')
      strictEqual((await (await reopen()).read('apr_1')).get('request'), 'edited')
      strictEqual(await store.put('apr_1', 'request', 'original'), false)
    },
  },
]
