export { transportErrors } from './errors.ts'
export type { KnownHosts, KnownHostsFile } from './known-hosts-port.ts'
export type { PrivateKeyFile, PrivateKeys } from './private-keys.ts'
export {
  abortGraceSeconds,
  type ConnectionEnd,
  type ConnectionFacts,
  type ExecExit,
  type ExecRequest,
  maxLineBytes,
  type OutputSink,
  type OutputStream,
  type RemoteProcess,
  type SshConnection,
  type SshTransport,
} from './ssh-transport.ts'
