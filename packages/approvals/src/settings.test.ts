import { expect, test } from 'vitest'
import { approvalsOnFakes } from './testing/index.ts'

// As a program without types would hand them over, or one that read them from a file.
test.each([
  ['mode', '{"mode":"two_party"}'],
  ['mode', '{"mode":null}'],
  ['policy.ttlSeconds', '{"policy":{"ttlSeconds":"600","maxPendingPerIdentity":5}}'],
  ['policy.ttlSeconds', '{"policy":{"ttlSeconds":0,"maxPendingPerIdentity":5}}'],
  ['policy.maxPendingPerIdentity', '{"policy":{"ttlSeconds":600}}'],
  ['policy.maxPendingPerIdentity', '{"policy":{"ttlSeconds":600,"maxPendingPerIdentity":0}}'],
])('no approvals are made where %s is none: %s', (field, json) => {
  expect(() => approvalsOnFakes(JSON.parse(json))).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', field }))
})
