import { readdirSync } from 'node:fs'
import { describeTool, schemasOf } from '@sshmcp/pipeline'
import { describe, expect, test } from 'vitest'
import { catalog } from '../src/index.ts'

const folder = new URL('../src/catalog/', import.meta.url)
const files = readdirSync(folder)
const readsOnly = new Set([
  'catalog.read',
  'host.facts',
  'audit.read',
  'session.read',
  'job.read',
  'approval.read',
  'file.list',
])
/** What `tools/list` may cost a model, all 23 tools together (24 KB), shared out with a margin for the long ones. */
const mostBytes = 24 * 1024

describe.each(catalog.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  test('stands in a file of its name, with a test beside it', () => {
    const file = name.replaceAll('_', '-')
    expect(files).toContain(`${file}.ts`)
    expect(files).toContain(`${file}.test.ts`)
  })

  test('has a name and words that clients can show and search', () => {
    expect(name).toMatch(/^[a-z][a-z0-9_]{0,39}$/)
    expect(tool.title.length).toBeLessThanOrEqual(60)
    expect(tool.description).toMatch(/^[A-Z][a-z]+ /)
    expect(Buffer.byteLength(tool.description)).toBeLessThan(2048)
  })

  test('has hints that agree with its verb and risk', () => {
    const { readOnlyHint, destructiveHint, openWorldHint } = tool.annotations
    expect(readOnlyHint).toBe(readsOnly.has(tool.verb))
    expect(destructiveHint && readOnlyHint).toBe(false)
    expect(openWorldHint).toBe(false)
    if (tool.risk !== 'low') expect(readOnlyHint).toBe(false)
  })

  test('describes its replies, an error among them: nothing in it is demanded', () => {
    const { outputSchema } = describeTool(tool)
    expect(outputSchema).toMatchObject({ type: 'object', properties: { audit_id: {} } })
    expect(JSON.stringify(outputSchema)).not.toMatch(/"required":\[|"additionalProperties":false/)
  })
})

test.each(catalog.map((tool) => [tool.name, tool] as const))('%s is listed as its source describes it', (_, tool) => {
  expect(tool.schemas).toEqual(JSON.parse(JSON.stringify(schemasOf(tool))))
})

test('the registry holds every file of the folder', () => {
  const names = files
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => file.replace('.ts', '').replaceAll('-', '_'))
  expect(catalog.map(({ name }) => name).sort()).toEqual(names.sort())
})

test('the list that every conversation pays for stays small', () => {
  expect(Buffer.byteLength(JSON.stringify(catalog.map(describeTool)))).toBeLessThan(mostBytes)
})
