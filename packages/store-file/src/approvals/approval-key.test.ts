import { chmodSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openApprovalKey } from './approval-key.ts'

const made: string[] = []
const aPath = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'))
  made.push(folder)
  return join(folder, 'keys', 'approvals.key')
}
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

test('is made once, for us alone, and is the same ever after', () => {
  const path = aPath()
  const key = openApprovalKey({ path }).reveal()
  expect(key).toHaveLength(32)
  expect(openApprovalKey({ path }).reveal()).toEqual(key)
  expect(openApprovalKey({ path: aPath() }).reveal()).not.toEqual(key)
  expect(lstatSync(path).mode & 0o777).toBe(0o600)
  expect(lstatSync(join(path, '..')).mode & 0o777).toBe(0o700)
})

test('is not printed by accident', () => {
  const path = aPath()
  const key = openApprovalKey({ path })
  expect(`${key} ${JSON.stringify({ key })}`).not.toContain(readFileSync(path, 'utf8').trim())
})

test.each([
  ['is empty', (path: string) => writeFileSync(path, '')],
  ['is cut', (path: string) => writeFileSync(path, 'ab12\n')],
  ['may be written by others', (path: string) => chmodSync(path, 0o666)],
  [
    'is a link',
    (path: string) => {
      rmSync(path)
      symlinkSync('/etc/hostname', path)
    },
  ],
])('is refused when it %s, and left as it is', (_, change) => {
  const path = aPath()
  openApprovalKey({ path })
  change(path)
  const before = lstatSync(path)
  expect(() => openApprovalKey({ path })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  expect(lstatSync(path).ino).toBe(before.ino)
})
