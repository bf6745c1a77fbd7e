export { MemoryKnownHosts, MemoryPrivateKeys } from './memory-stores.ts'
export {
  type Script,
  ScriptedConnection,
  type ScriptedOptions,
  type ScriptedReply,
  ScriptedTransport,
} from './scripted-transport.ts'
export { contractScript, type SshTransportFixture, sshTransportContract } from './ssh-transport-contract.ts'
