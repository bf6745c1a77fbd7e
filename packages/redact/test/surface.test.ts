import * as redact from '@sshmcp/redact'
import * as core from '@sshmcp/redact/core'
import * as testing from '@sshmcp/redact/testing'
import { expect, test } from 'vitest'

test('exports these names and no others', () => {
  expect(Object.keys(redact).sort()).toEqual([
    'RedactError',
    'createRedactor',
    'parseRules',
    'redactErrors',
    'redactionTransform',
  ])
  expect(Object.keys(core).sort()).toEqual([
    'RedactError',
    'createCoreRedactor',
    'parseRules',
    'redactErrors',
    'redactionTransform',
  ])
  expect(Object.keys(testing)).toEqual(['expandSpecimen', 'vendorSpecimens'])
})

test('throws these codes and no others', () => {
  expect(Object.keys(redact.redactErrors.table)).toEqual([
    'REDACT_RULES_INVALID',
    'REDACT_RULE_SLOW',
    'REDACT_RULE_EMPTY',
    'REDACT_NOT_TEXT',
  ])
})
