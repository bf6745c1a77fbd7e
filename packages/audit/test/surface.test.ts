import * as audit from '@sshmcp/audit'
import * as testing from '@sshmcp/audit/testing'
import { expect, test } from 'vitest'

test('exports', () => {
  expect(Object.keys(audit).sort()).toEqual([
    'ChainState',
    'LeafHash',
    'anchorLag',
    'auditErrors',
    'canonicalJson',
    'claimedCheckpoint',
    'defaultLimits',
    'describeReport',
    'eventsBackward',
    'eventsForward',
    'followEvents',
    'formatSigner',
    'genesis',
    'leafOf',
    'linesBackward',
    'linesForward',
    'maxLineBytes',
    'noteSigner',
    'openJournal',
    'openNote',
    'parseLine',
    'parseSigner',
    'parseVerifier',
    'publishNewest',
    'readEvents',
    'readVerifiedEvents',
    'startAnchoring',
    'trustLevels',
    'unknownOutcomes',
    'verifyChain',
  ])
  expect(Object.keys(testing).sort()).toEqual([
    'MemoryAnchor',
    'MemoryAuditFolder',
    'MemoryAuditStore',
    'aJournal',
    'aSigner',
    'aWrittenFolder',
    'auditStoreContract',
  ])
})

test('codes', () => {
  expect(Object.keys(audit.auditErrors.table).sort()).toEqual([
    'AUDIT_ANCHOR_CONFLICT',
    'AUDIT_CHAIN_BROKEN',
    'AUDIT_EVENT_INVALID',
    'AUDIT_KEY_CHANGED',
    'AUDIT_ROLLED_BACK',
    'AUDIT_UNAVAILABLE',
  ])
})
