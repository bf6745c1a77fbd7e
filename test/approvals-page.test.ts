import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kinds, routes, routesTable } from './e2e/approvals/routes.ts'
import { repository } from './repository.ts'

test.each(kinds)('%s is tried in at least two ways', (kind) => {
  expect(routes.filter((route) => route.kind === kind).length).toBeGreaterThanOrEqual(2)
})

test('every route has one of the kinds', () => {
  expect(routes.filter(({ kind }) => !kinds.some((known) => known === kind))).toEqual([])
})

test('docs/approvals.md holds the table of the routes as they are tried', () => {
  expect(readFileSync(`${repository}docs/approvals.md`, 'utf8')).toContain(routesTable())
})
