import { readFileSync } from 'node:fs'
import { openJournal, verifyChain } from '@sshmcp/audit'
import { aSigner, auditStoreContract } from '@sshmcp/audit/testing'
import { systemClock } from '@sshmcp/kernel'
import { describe, expect, test } from 'vitest'
import { ListStore } from './readme-store-example.ts'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

test('the example of the README is the one that is compiled here', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``)
})

test('and it runs to its end', async () => {
  await expect(import('./readme-example.ts')).resolves.toBeDefined()
})

describe('the store of the README', () => {
  test('is the one that is compiled here', () => {
    expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-store-example.ts')}\`\`\``)
  })

  test.each(auditStoreContract)('keeps the contract: $name', ({ run }) =>
    run(() => {
      const store = new ListStore()
      return { openStore: async () => store }
    }),
  )

  test('and carries a signed journal over several segments', async () => {
    const store = new ListStore()
    const writer = { version: '1.0.0', pid: 1 }
    const signer = aSigner()
    const parts = { store, signer, clock: systemClock, redactValue: <T>(value: T) => value, writer }
    const journal = await openJournal({ ...parts, limits: { segmentBytes: 2_000 } })
    for (let n = 0; n < 20; n++) await journal.append({ kind: 'read', user_id: 'alice', detail: { n } })
    await journal.close()
    expect((await store.segments()).length).toBeGreaterThan(1)
    expect(await verifyChain(store, { trusted: signer })).toMatchObject({ verdict: 'OK_SIGNED' })
  })
})
