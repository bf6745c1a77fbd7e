import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { packageFolder, thirdPartyText } from '../scripts/bundle/third-party.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sshmcp-notices-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const install = (name: string, files: Readonly<Record<string, string>>): string => {
  const folder = join(root, 'node_modules', name)
  mkdirSync(folder, { recursive: true })
  for (const [file, text] of Object.entries({ 'package.json': JSON.stringify({ name, version: '1.2.3' }), ...files }))
    writeFileSync(join(folder, file), text)
  return join(folder, 'index.js')
}

test('a file belongs to the innermost package around it', () => {
  expect(packageFolder('/w/node_modules/.pnpm/a@1/node_modules/@s/a/dist/x.js')).toBe(
    '/w/node_modules/.pnpm/a@1/node_modules/@s/a',
  )
  expect(packageFolder('/w/packages/kernel/src/index.ts')).toBeUndefined()
})

test('each package is named once, with its licence', () => {
  const b = install('b', { LICENSE: 'b is free' })
  const a = install('@s/a', { 'license.md': 'a is free' })
  const text = thirdPartyText([b, a, a, join(root, 'src/main.ts')])
  expect(text).toMatch(/^@s\/a 1\.2\.3\n\na is free\n\n-+\n\nb 1\.2\.3\n\nb is free\n$/)
})

test('a package without a licence is refused', () => {
  const file = install('c', {})
  expect(() => thirdPartyText([file])).toThrow('has no licence file')
})
