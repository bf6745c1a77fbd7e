import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAuditKey } from './audit-key.ts'
import { FileAuditSource } from './file-audit-source.ts'
import { openFileAuditStore } from './file-audit-store.ts'
import { inPlace } from './unavailable.ts'
import { verifyAudit } from './verify-audit.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'unavailable-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** The kernel cannot read a folder as a file; what it says then must not come out as it is. */
const refused = (errno: string) => ({
  code: 'STORE_UNAVAILABLE',
  message: expect.stringContaining(errno),
})

test('the key', () => {
  writeFileSync(join(home, 'keys'), '')
  expect(() => openAuditKey(join(home, 'keys', 'inner', 'audit.key'))).toThrow(
    expect.objectContaining(refused('ENOTDIR')),
  )
})

test('the store, when it is opened and when it writes', async () => {
  writeFileSync(join(home, 'file'), '')
  await expect(openFileAuditStore({ dir: join(home, 'file', 'audit_logs') })).rejects.toMatchObject(refused('ENOTDIR'))
  const dir = join(home, 'audit_logs')
  const store = await openFileAuditStore({ dir })
  rmSync(join(dir, 'lockd'), { recursive: true })
  await expect(store.commit(() => ({ lines: [] }))).rejects.toMatchObject(refused('ENOENT'))
})

test('whoever reads', async () => {
  const dir = join(home, 'file')
  writeFileSync(dir, '')
  const source = new FileAuditSource(dir)
  await expect(source.segments()).rejects.toMatchObject(refused('ENOTDIR'))
  await expect(source.read('000000000000', 0, 1)).rejects.toMatchObject(refused('ENOTDIR'))
  await expect(source.note()).rejects.toMatchObject(refused('ENOTDIR'))
  await expect(source.description()).rejects.toMatchObject(refused('ENOTDIR'))
  await expect(verifyAudit(dir)).rejects.toMatchObject(refused('ENOTDIR'))
})

test('a mistake of ours does not look like a bad disk', () => {
  const mistake = new TypeError('no such method')
  expect(() =>
    inPlace(home, () => {
      throw mistake
    }),
  ).toThrow(mistake)
})
