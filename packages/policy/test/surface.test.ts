import * as policy from '@sshmcp/policy'
import * as testing from '@sshmcp/policy/testing'
import { expect, test } from 'vitest'

test('exports', () => {
  expect(Object.keys(policy).sort()).toEqual([
    'addTemplates',
    'catalogFor',
    'checkReferences',
    'configError',
    'createPolicy',
    'decide',
    'fileRulesOf',
    'foldersOf',
    'lintRules',
    'lintTemplates',
    'parseHosts',
    'parsePolicy',
    'parseTemplates',
    'policyErrors',
    'quoteValue',
    'readConfig',
    'refuseName',
    'refusePath',
    'renderTemplate',
    'requireName',
    'requirePath',
    'requireSize',
    'resolvedRules',
    'section',
    'viewTemplate',
  ])
  expect(Object.keys(testing).sort()).toEqual(['aTemplate', 'rulesOf'])
})

test('codes', () => {
  expect(Object.keys(policy.policyErrors.table).sort()).toEqual([
    'POLICY_APPROVAL_NOT_NEEDED',
    'POLICY_APPROVAL_REQUIRED',
    'POLICY_EXTENSION_BLOCKED',
    'POLICY_FILE_TOO_LARGE',
    'POLICY_HOST_CHANGED',
    'POLICY_HOST_FORBIDDEN',
    'POLICY_HOST_UNKNOWN',
    'POLICY_JUSTIFICATION_REQUIRED',
    'POLICY_LINE_TOO_LONG',
    'POLICY_ONE_COMMAND_ONLY',
    'POLICY_PARAM_MISMATCH',
    'POLICY_PARAM_MISSING',
    'POLICY_PARAM_TOO_LONG',
    'POLICY_PARAM_TYPE',
    'POLICY_PARAM_UNKNOWN',
    'POLICY_PARAM_UNSAFE',
    'POLICY_PATH_FORBIDDEN',
    'POLICY_READ_ONLY',
    'POLICY_ROLE_MISSING',
    'POLICY_TEMPLATE_FORBIDDEN',
    'POLICY_TEMPLATE_UNKNOWN',
  ])
})
