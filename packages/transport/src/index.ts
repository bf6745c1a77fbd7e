export { localFileErrors, sftpErrors, transportErrors } from './errors.ts'
export { fingerprint, keyTypeOf } from './host-key.ts'
export {
  type HostKeyVerdict,
  type HostKnowledge,
  judgeHostKey,
  type KnownKey,
  knowledgeOf,
  knownHostsLine,
} from './known-hosts.ts'
export type { KnownHosts, KnownHostsFile } from './known-hosts-port.ts'
export type { LocalFiles, LocalSource, LocalTarget } from './local-files.ts'
export { type LoginShell, loginShellFrom, loginShellProbe } from './login-shell.ts'
export type { PrivateKeyFile, PrivateKeys } from './private-keys.ts'
export { isUtf8Name, nameBytes, nameText } from './remote-name.ts'
export type {
  HostReading,
  Placing,
  PlacingWish,
  RemoteEntry,
  RemoteReader,
  RemoteStat,
  RemoteWriter,
  SftpChannel,
} from './sftp-channel.ts'
export {
  abortGraceSeconds,
  type ConnectionEnd,
  type ConnectionFacts,
  type ConnectPurpose,
  type ExecExit,
  type ExecRequest,
  maxLineBytes,
  type OutputSink,
  type OutputStream,
  type RemoteProcess,
  type SshConnection,
  type SshTransport,
} from './ssh-transport.ts'
