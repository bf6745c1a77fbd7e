import { execFileSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plants, soil } from './graph/plants.ts'
import { makeSkeleton } from './graph/skeleton.ts'
import { repository } from './repository.ts'

type Violation = { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }
type Report = {
  readonly modules: readonly {
    readonly source: string
    readonly dependencies: readonly { readonly resolved: string }[]
  }[]
  readonly summary: {
    readonly violations: readonly Violation[]
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] }
  }
}

const cruise = (root: string): Report => {
  const program = join(repository, 'node_modules/.bin/depcruise')
  const folders = ['packages', 'apps', 'test', 'bench', 'scripts'].filter((folder) => existsSync(join(root, folder)))
  const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...folders]
  const output = execFileSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  return JSON.parse(output)
}

describe('a planted violation', () => {
  let root = ''
  let report: Report
  beforeAll(() => {
    root = makeSkeleton({ ...soil, ...Object.fromEntries(plants.map(({ file, code }) => [file, code])) })
    report = cruise(root)
  }, 60_000)
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  test.each(plants)('$rule is red for $file', ({ rule, file }) => {
    const rules = report.summary.violations
      .filter(({ from, to }) => from === file || to === file)
      .map(({ rule: { name } }) => name)
    expect(rules).toContain(rule)
  })

  test('every rule has a plant', () => {
    const rules = report.summary.ruleSetUsed.forbidden.map(({ name }) => name)
    expect([...new Set(plants.map(({ rule }) => rule))].sort()).toEqual(rules.sort())
  })

  test.each(Object.keys(soil).filter((file) => !file.includes('planted')))('%s breaks nothing', (file) => {
    expect(report.summary.violations.filter(({ from }) => from === file)).toEqual([])
  })
})

describe('this repository', () => {
  let report: Report
  beforeAll(() => {
    report = cruise(repository)
  }, 60_000)

  test('holds its graph', () => {
    const lines = report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)
    expect(lines).toEqual([])
  })

  // Two ways to be green without having looked: TypeScript not read, workspace packages not followed.
  test('was really read', () => {
    const arrows = report.modules.flatMap(({ source, dependencies }) =>
      dependencies.map((to) => `${source} -> ${to.resolved}`),
    )
    expect(arrows).toContain('packages/kernel/src/index.ts -> packages/kernel/src/action.ts')
    expect(arrows.some((arrow) => /^packages\/audit\/src\/.* -> packages\/kernel\/src\/index\.ts$/.test(arrow))).toBe(
      true,
    )
    expect(arrows.some((arrow) => /^packages\/transport-ssh2\/.* -> .*node_modules\/ssh2\//.test(arrow))).toBe(true)
  })
})
