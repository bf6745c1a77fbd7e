import * as approvals from '@sshmcp/approvals'
import * as testing from '@sshmcp/approvals/testing'
import { expect, test } from 'vitest'

// Literals on purpose: what changes here changes for everybody who uses the package.
test('exports', () => {
  expect(Object.keys(approvals).sort()).toEqual([
    'approvalErrors',
    'approvalEvents',
    'approvalStatuses',
    'createApprovals',
    'differingFields',
    'digestOf',
    'howToApprove',
    'isPartName',
    'isRecordName',
    'lookCloselyAt',
    'operationOf',
    'present',
    'presentText',
    'statusOf',
    'step',
  ])
  expect(Object.keys(testing).sort()).toEqual([
    'MemoryApprovalStore',
    'MemoryPeople',
    'aKey',
    'aPerson',
    'aRestart',
    'approvalStoreContract',
    'approvalsOnFakes',
  ])
})

test('codes', () => {
  expect(Object.keys(approvals.approvalErrors.table).sort()).toEqual([
    'APPROVAL_ALREADY_DECIDED',
    'APPROVAL_CHANNEL_REFUSED',
    'APPROVAL_CODE_LIMIT_REACHED',
    'APPROVAL_CODE_WRONG',
    'APPROVAL_CONTAINS_SECRET',
    'APPROVAL_DAMAGED',
    'APPROVAL_DECIDER_INVALID',
    'APPROVAL_DECIDER_ROLE_MISSING',
    'APPROVAL_DENIED',
    'APPROVAL_EXPIRED',
    'APPROVAL_LIMIT_REACHED',
    'APPROVAL_NOT_NEEDED',
    'APPROVAL_NO_APPROVER',
    'APPROVAL_OTHER_OPERATION',
    'APPROVAL_OWN_REQUEST',
    'APPROVAL_PENDING',
    'APPROVAL_REASON_MISSING',
    'APPROVAL_REQUIRED',
    'APPROVAL_STORE_UNAVAILABLE',
    'APPROVAL_UNKNOWN',
    'APPROVAL_USED',
    'APPROVAL_WORD_WRONG',
  ])
})

test('methods', () => {
  expect(Object.keys(testing.approvalsOnFakes().approvals).sort()).toEqual([
    'approve',
    'approveWithCode',
    'check',
    'countPending',
    'deny',
    'get',
    'issueCode',
    'listDamaged',
    'listPending',
    'request',
    'wait',
  ])
})
