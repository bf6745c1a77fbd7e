import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const folder = fileURLToPath(new URL('..', import.meta.url))

const program = `
const built = { patterns: 0, tables: 0 }
const count = (name, counted) => {
  globalThis[name] = new Proxy(globalThis[name], {
    construct(target, args, self) { counted(args); return Reflect.construct(target, args, self) },
  })
}
count('RegExp', () => built.patterns++)
// The loader has small ones of its own.
count('Uint8Array', ([size]) => { if (size >= 16384) built.tables++ })
const { createRedactor } = await import('@sshmcp/redact')
const seen = [{ ...built }]
const redactor = createRedactor()
seen.push({ ...built })
redactor.redact('nothing to see here\\n')
seen.push({ ...built })
redactor.redact('nothing to see here\\n'.repeat(400))
seen.push({ ...built })
redactor.redact('ghp_' + 'aB3'.repeat(12) + '\\n')
seen.push({ ...built })
process.stdout.write(JSON.stringify(seen))
`

test('nothing is compiled at import, tables come with the first thousands of characters, a rule with its first prefix', () => {
  const answer = execFileSync(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program], {
    cwd: folder,
    encoding: 'utf8',
  })
  const [imported, created, little, much, found]: { patterns: number; tables: number }[] = JSON.parse(answer)
  const none = { patterns: 0, tables: 0 }
  expect(imported).toEqual(none)
  expect(created).toEqual(none)
  expect(little).toEqual(none)
  expect(much?.patterns).toBe(0)
  expect(much?.tables).toBeGreaterThan(0)
  expect(found?.patterns).toBe(1)
})
