import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CliBench, cliBench } from './support/cli-bench.ts'

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8')

/** What to do, per code: the last column of every row of the page, which is generated from the errors of all packages. */
const cures = read('docs/errors.md')
  .split('\n')
  .flatMap((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim())
    return /^`[A-Z_]+`$/.test(cells[1] ?? '') ? [{ code: cells[1] ?? '', cure: cells[4] ?? '' }] : []
  })
const named = (pattern: RegExp): readonly string[] => [
  ...new Set(cures.flatMap(({ cure }) => [...cure.matchAll(pattern)].map(([, name = '']) => name))),
]

let bench: CliBench
beforeAll(() => {
  bench = cliBench()
})
afterAll(() => bench.remove())

test.each(cures)('$code says in a sentence or two what to do', ({ cure }) => {
  expect(cure).toMatch(/^[A-Z`].{8,}\.$/)
  expect(cure).not.toMatch(/nothing to do|contact|administrator/i)
})

describe('what a cure names is there:', () => {
  test.each(named(/`sshmcp ([^`]+)`/g))('the command sshmcp %s', async (line) => {
    const words = line.split(' ')
    const end = words.findIndex((word) => !/^[a-z][a-z-]*$/.test(word))
    const path = end < 0 ? words : words.slice(0, end)
    const { code, out } = await bench.sshmcp([...path, '--help'])
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(`Usage: sshmcp ${path.join(' ')} `) })
    for (const option of words.filter((word) => word.startsWith('--'))) expect(out).toContain(option)
  })

  test.each(named(/\b(SSH_MCP_[A-Z_]+)/g))('the variable %s', (name) => {
    expect(read('packages/runtime/src/environment.ts')).toContain(`'${name}'`)
  })

  test.each(named(/\b((?:approve|cancel|get|list|poll|remove|request|run|sftp|ssh(?!_user|_public_key))_[a-z_]+)\b/g))(
    'the tool %s',
    (name) => {
      expect(read('docs/tools.md')).toMatch(new RegExp(`\`${name}\``))
    },
  )
})
