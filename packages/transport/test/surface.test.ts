import * as transport from '@sshmcp/transport'
import * as sshConfig from '@sshmcp/transport/ssh-config'
import * as testing from '@sshmcp/transport/testing'
import { expect, test } from 'vitest'

test('exports', () => {
  expect(Object.keys(transport).sort()).toEqual([
    'abortGraceSeconds',
    'fingerprint',
    'isUtf8Name',
    'judgeHostKey',
    'keyTypeOf',
    'knowledgeOf',
    'knownHostsLine',
    'localFileErrors',
    'loginShellFrom',
    'loginShellProbe',
    'maxLineBytes',
    'nameBytes',
    'nameText',
    'sftpErrors',
    'transportErrors',
  ])
  expect(Object.keys(sshConfig).sort()).toEqual(['importSshConfig'])
  expect(Object.keys(testing).sort()).toEqual([
    'MemoryKnownHosts',
    'MemoryLocalFiles',
    'MemoryPrivateKeys',
    'MemorySftp',
    'MemoryTree',
    'ScriptedConnection',
    'ScriptedTransport',
    'contractScript',
    'oneCommandContract',
    'oneCommandScript',
    'sftpChannelContract',
    'sshTransportContract',
  ])
})

test('codes', () => {
  expect(Object.keys(transport.transportErrors.table).sort()).toEqual([
    'TRANSPORT_AUTH_FAILED',
    'TRANSPORT_CANCELLED',
    'TRANSPORT_CHANNEL_REFUSED',
    'TRANSPORT_COMMAND_TOO_LONG',
    'TRANSPORT_CONNECTION_DEAD',
    'TRANSPORT_CONNECTION_LOST',
    'TRANSPORT_CONNECT_TIMEOUT',
    'TRANSPORT_EXEC_REFUSED',
    'TRANSPORT_HANDSHAKE_FAILED',
    'TRANSPORT_HOST_KEY_MISMATCH',
    'TRANSPORT_HOST_KEY_REVOKED',
    'TRANSPORT_HOST_KEY_UNKNOWN',
    'TRANSPORT_IDENTITY_UNAVAILABLE',
    'TRANSPORT_JUMP_INVALID',
    'TRANSPORT_KNOWN_HOSTS_UNREADABLE',
    'TRANSPORT_NAME_UNRESOLVED',
    'TRANSPORT_ONE_COMMAND_ONLY',
    'TRANSPORT_SHELL_UNSUPPORTED',
    'TRANSPORT_UNREACHABLE',
  ])
  expect(Object.keys(transport.sftpErrors.table).sort()).toEqual([
    'SFTP_CANCELLED',
    'SFTP_CONNECTION_LOST',
    'SFTP_EXISTS',
    'SFTP_FAILED',
    'SFTP_NOT_ATOMIC',
    'SFTP_NOT_FOUND',
    'SFTP_PERMISSION_DENIED',
    'SFTP_PROTOCOL',
    'SFTP_UNAVAILABLE',
  ])
  expect(Object.keys(transport.localFileErrors.table).sort()).toEqual([
    'LOCAL_EXISTS',
    'LOCAL_FAILED',
    'LOCAL_NOT_FOUND',
    'LOCAL_NO_SPACE',
    'LOCAL_PATH_FORBIDDEN',
  ])
})
