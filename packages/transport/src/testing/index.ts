export {
  type Script,
  ScriptedConnection,
  type ScriptedOptions,
  type ScriptedReply,
  ScriptedTransport,
} from './scripted-transport.ts'
