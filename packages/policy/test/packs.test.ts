import { aHost } from '@sshmcp/kernel/testing'
import { describe, expect, test } from 'vitest'
import { lintTemplates, renderTemplate } from '../src/index.ts'
import { configText, exampleValues, packNames, shippedNames, shippedTemplates, userlandOf } from './packs.ts'

test('a pack per topic, 25 templates and more, no id twice in all that is shipped', () => {
  expect(packNames.map((name) => name.replace(/^templates\/|\.json$/g, ''))).toEqual([
    'certificates',
    'disk',
    'docker',
    'logs',
    'memory',
    'network',
    'nginx',
    'packages',
    'postgres',
    'processes',
    'services',
    'system',
    'users',
  ])
  const ids = shippedNames.flatMap((name) => shippedTemplates(name).map(({ templateId }) => templateId))
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThanOrEqual(30)
})

describe.each(shippedNames)('%s', (name) => {
  test('lint finds nothing', () => {
    expect(lintTemplates(configText(name))).toEqual([])
  })

  test('each template renders with its own examples', () => {
    for (const template of shippedTemplates(name)) {
      expect(() => renderTemplate(template, aHost(), exampleValues(template)), template.templateId).not.toThrow()
    }
  })

  test('roles are written out, and the userland is known', () => {
    for (const template of shippedTemplates(name)) {
      expect(template.allowedRoles, template.templateId).toBeDefined()
      expect(template.allowedRoles?.has('developer')).toBe(template.risk === 'low')
      expect(['any', 'gnu', 'busybox']).toContain(userlandOf(name).get(template.templateId))
    }
  })
})
