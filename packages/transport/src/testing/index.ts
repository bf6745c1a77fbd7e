export { MemoryLocalFiles } from './memory-local-files.ts'
export { MemorySftp, type MemorySftpOptions } from './memory-sftp.ts'
export { MemoryKnownHosts, MemoryPrivateKeys } from './memory-stores.ts'
export { MemoryTree, type TreeFile } from './memory-tree.ts'
export { type OneCommandFixture, oneCommandContract, oneCommandScript } from './one-command-contract.ts'
export {
  type Script,
  ScriptedConnection,
  type ScriptedOptions,
  type ScriptedReply,
  ScriptedTransport,
} from './scripted-transport.ts'
export { sftpChannelContract } from './sftp-channel-contract.ts'
export type { SftpFixture } from './sftp-fixture.ts'
export { contractScript, type SshTransportFixture, sshTransportContract } from './ssh-transport-contract.ts'
