import { describe, test } from 'vitest'
import { auditStoreContract, MemoryAuditFolder, MemoryAuditStore } from './testing/index.ts'

describe('MemoryAuditStore keeps the contract', () => {
  test.each(auditStoreContract)('$name', async ({ run }) => {
    await run(() => {
      const folder = new MemoryAuditFolder()
      return { openStore: async () => new MemoryAuditStore(folder) }
    })
  })
})
