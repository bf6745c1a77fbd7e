import * as kernel from '@sshmcp/kernel'
import * as testing from '@sshmcp/kernel/testing'
import { expect, test } from 'vitest'

test('exports', () => {
  expect(Object.keys(kernel).sort()).toEqual([
    'Secret',
    'SshMcpError',
    'atLeast',
    'defineErrors',
    'hostIdPattern',
    'hostOf',
    'isSshMcpError',
    'kernelErrors',
    'nearest',
    'opensChannel',
    'parseHostId',
    'parseTemplateId',
    'parseUserId',
    'printable',
    'randomIds',
    'reachOf',
    'rfc3339',
    'risks',
    'roles',
    'runsOneCommand',
    'scriptLine',
    'shellWord',
    'systemClock',
    'templateIdPattern',
    'userIdPattern',
  ])
  expect(Object.keys(testing).sort()).toEqual(['ManualClock', 'aCommand', 'aHost', 'aPrincipal', 'sequentialIds'])
})

test('codes', () => {
  expect(Object.keys(kernel.kernelErrors.table).sort()).toEqual(['CONFIG_INVALID', 'INPUT_INVALID', 'INTERNAL'])
})

test('words that are written into files and replies', () => {
  expect(kernel.roles).toEqual(['developer', 'operator', 'admin', 'auditor'])
  expect(kernel.risks).toEqual(['low', 'medium', 'high'])
})
