import * as store from '@sshmcp/store-file'
import { expect, test } from 'vitest'

test('exports', () => {
  expect(Object.keys(store).sort()).toEqual([
    'FileAuditSource',
    'addKnownHost',
    'createFileKnownHosts',
    'createFileLocalFiles',
    'createFilePrivateKeys',
    'defaultKnownHostsFiles',
    'openApprovalKey',
    'openAuditKey',
    'openFileApprovalStore',
    'openFileAuditStore',
    'openFileCertStore',
    'openFolderAnchor',
    'readAuditKey',
    'readSshConfigFiles',
    'readText',
    'replaceDurably',
    'storeErrors',
    'verifyAudit',
  ])
})

test('codes', () => {
  expect(Object.keys(store.storeErrors.table).sort()).toEqual([
    'STORE_KEY_INVALID',
    'STORE_LOCKED',
    'STORE_LOG_REPLACED',
    'STORE_NETWORK_FOLDER',
    'STORE_PATH_UNSAFE',
    'STORE_UNAVAILABLE',
  ])
})
