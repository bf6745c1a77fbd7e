import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { auditStoreContract } from '@sshmcp/audit/testing'
import { afterEach, describe, test } from 'vitest'
import { openFileAuditStore } from './file-audit-store.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('openFileAuditStore keeps the contract', () => {
  test.each(auditStoreContract)('$name', async ({ run }) => {
    await run(() => {
      const dir = mkdtempSync(join(tmpdir(), 'sshmcp-audit-'))
      folders.push(dir)
      return { openStore: () => openFileAuditStore({ dir }) }
    })
  })
})
