import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { vendorRules } from '../src/rules/index.ts'
import { findings, pieces, text } from './readme-example.ts'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

test('the example of the README is the one that is compiled here', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``)
})

test('and it answers what it says', () => {
  expect(text).toBe('DB_PASSWORD=[REDACTED:password] badge=[REDACTED:badge] port=5432')
  expect(findings).toEqual({ password: 1, badge: 1 })
  expect(pieces).toBe('the horse is [REDACTED:known-secret]\n')
})

test('it counts its rules right', () => {
  expect(read('../README.md')).toContain(`${vendorRules().length} kinds of vendor token`)
})
