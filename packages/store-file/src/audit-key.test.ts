import { linkSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAuditKey, readAuditKey } from './audit-key.ts'

let home: string
let path: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'audit-key-'))
  path = join(home, 'keys', 'audit.key')
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

test.each([
  ['opened', openAuditKey],
  ['read for verifying', readAuditKey],
])('is the same when it is %s after its maker died between its two names', (_, open) => {
  const { vkey } = openAuditKey(path)
  linkSync(path, join(home, 'keys', 'audit.5b2f.new'))
  expect(open(path)?.vkey).toBe(vkey)
  expect(readdirSync(join(home, 'keys'))).toEqual(['audit.key'])
})

test('is refused under any other second name, and left as it is', () => {
  openAuditKey(path)
  const text = readFileSync(path, 'utf8')
  linkSync(path, join(home, 'keys', 'copy.key'))
  expect(() => openAuditKey(path)).toThrow(expect.objectContaining({ code: 'STORE_PATH_UNSAFE' }))
  expect(readFileSync(join(home, 'keys', 'copy.key'), 'utf8')).toBe(text)
})
