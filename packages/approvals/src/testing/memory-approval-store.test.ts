import { describe, expect, test } from 'vitest'
import { approvalStoreContract } from './approval-store-contract.ts'
import { MemoryApprovalStore } from './memory-approval-store.ts'

const fixture = () => {
  const store = new MemoryApprovalStore()
  return {
    store,
    reopen: async () => store.reopen(),
    overwrite: async (record: string, part: string, text: string) => store.overwrite(record, part, text),
  }
}

describe.each(approvalStoreContract)('in memory: $name', ({ run }) => {
  test('holds', () => run(fixture))
})

test('a write breaks when told, before or after it took effect', async () => {
  const { store } = fixture()
  store.breakAt('before', 1)
  expect(await store.put('apr_1', 'request', 'a')).toBe(true)
  await expect(store.put('apr_1', 'decision', 'b')).rejects.toMatchObject({ code: 'APPROVAL_STORE_UNAVAILABLE' })
  store.breakAt('after')
  await expect(store.put('apr_1', 'used', 'c')).rejects.toMatchObject({ code: 'APPROVAL_STORE_UNAVAILABLE' })
  expect([...(await store.read('apr_1')).keys()]).toEqual(['request', 'used'])
})
