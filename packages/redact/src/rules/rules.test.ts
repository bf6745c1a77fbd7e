import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createCoreRedactor } from '../core.ts'
import { createRedactor } from '../index.ts'
import { createLineEngine, LineReader } from '../line-engine.ts'
import { checkPattern } from '../pattern-check.ts'
import type { Rule } from '../rule.ts'
import { expandSpecimen } from '../testing/index.ts'
import { coreRules } from './core-rules.ts'
import { vendorRules } from './index.ts'

const rules = [...coreRules(), ...vendorRules()]

/** What this rule alone finds. */
const foundBy = (rule: Rule, text: string): readonly string[] => {
  const found: string[] = []
  new LineReader(createLineEngine({ rules: [rule], secrets: [], allow: [] }), (id) => found.push(id)).line(text)
  return found
}

describe.each(rules.map((rule) => ({ ...rule, rule })))(
  '$id',
  ({ rule, id, pattern, prefixes, examples, counterExamples }) => {
    test('finds its examples and leaves its counter-examples', () => {
      for (const example of examples) expect(foundBy(rule, expandSpecimen(example)), example).toContain(id)
      for (const example of counterExamples) expect(foundBy(rule, expandSpecimen(example)), example).not.toContain(id)
    })

    test('has two different specimens of each', () => {
      expect(new Set([...examples, ...counterExamples]).size).toBe(4)
      expect([...examples, ...counterExamples]).not.toContain('')
    })

    test('takes linear time and has literals to wake it', () => {
      checkPattern(rule.lead === undefined ? pattern : `(?:${rule.lead})(?:${pattern})`, id)
      for (const prefix of prefixes) expect(prefix.length, prefix).toBeGreaterThanOrEqual(3)
    })
  },
)

test('there are more than two hundred kinds of vendor token, each with a name of its own', () => {
  expect(vendorRules().length).toBeGreaterThanOrEqual(200)
  expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length)
  for (const { id } of rules) expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
})

test('the README tells how many kinds there are', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  expect(readme).toContain(`${vendorRules().length} kinds of vendor token`)
})

test('every example is masked by the whole redactor, whichever rule gets it', () => {
  const redactor = createRedactor()
  for (const rule of rules)
    for (const example of rule.examples) {
      const text = expandSpecimen(example)
      expect(redactor.redact(text).text, `${rule.id}: ${example}`).not.toBe(text)
    }
})

test('the core knows no vendor', () => {
  const text = expandSpecimen('ghp_<w36>')
  expect(createCoreRedactor().redact(text).text).toBe(text)
})
