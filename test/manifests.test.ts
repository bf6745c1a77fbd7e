import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { repository } from './repository.ts'

const targets = z.strictObject({ source: z.string().optional(), types: z.string(), default: z.string() })
const manifest = z.object({
  name: z.string(),
  license: z.string(),
  private: z.boolean().default(false),
  type: z.string(),
  engines: z.object({ node: z.string() }),
  files: z.array(z.string()).optional(),
  bin: z.record(z.string(), z.string()).optional(),
  main: z.string().optional(),
  exports: z.record(z.string(), targets).optional(),
  publishConfig: z.object({ access: z.string(), exports: z.record(z.string(), targets).optional() }).optional(),
  scripts: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
})

const all = ['packages', 'apps'].flatMap((parent) =>
  readdirSync(join(repository, parent))
    .map((name) => join(repository, parent, name))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({
      folder,
      isApp: parent === 'apps',
      ...manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))),
    })),
)
const published = all.filter((one) => !one.private)
const privateNames = all.filter((one) => one.private).map(({ name }) => name)

test.each(all)('$name says what every package says', ({ license, type, engines }) => {
  expect({ license, type, node: engines.node }).toEqual({ license: 'MIT', type: 'module', node: '>=20.19' })
})

test('the Node that tools are checked against is the one that they run on', () => {
  const text = (name: string): string => readFileSync(join(repository, name), 'utf8')
  const [, version = ''] = /^nodeVersion: (\S+)$/m.exec(text('pnpm-workspace.yaml')) ?? []
  expect(text('pnpm-lock.yaml')).toContain(`\n  node@${version}:\n`)
})

test.each(all)('$name is built by the task that fits it', ({ isApp, scripts, bin, main }) => {
  expect(Object.keys(scripts)).toEqual([isApp ? 'bundle' : 'build'])
  // A program, or what an editor loads.
  expect(bin !== undefined || main !== undefined).toBe(isApp)
})

describe.each(all.filter(({ exports }) => exports !== undefined))('$name', ({ folder, exports = {} }) => {
  test.each(Object.entries(exports))('%s names a source that is there, and where it is built to', (_, entry) => {
    expect(existsSync(join(folder, entry.source ?? 'no source condition'))).toBe(true)
    const built = entry.source?.replace('./src/', './dist/').replace(/\.ts$/, '')
    expect(entry).toEqual({ source: entry.source, types: `${built}.d.ts`, default: `${built}.js` })
    // The first condition that matches wins.
    expect(Object.keys(entry)).toEqual(['source', 'types', 'default'])
  })
})

describe.each(published)('$name, which is published,', ({ folder, files, publishConfig, exports, dependencies }) => {
  test('offers the same entries there as here, without sources', () => {
    const here = Object.entries(exports ?? {}).map(([name, { source: _, ...rest }]) => [name, rest])
    expect(Object.entries(publishConfig?.exports ?? {})).toEqual(here)
    expect(publishConfig?.access).toBe('public')
  })

  test('packs its build and its licence', () => {
    expect(files).toEqual(['dist'])
    const root = readFileSync(join(repository, 'LICENSE'), 'utf8')
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe(root)
  })

  test('needs no package that is not', () => {
    expect(Object.keys(dependencies).filter((name) => privateNames.includes(name))).toEqual([])
  })
})
