export { storeErrors } from './errors.ts'
export { type FileAuditStoreDeps, openFileAuditStore } from './file-audit-store.ts'
export {
  addKnownHost,
  createFileKnownHosts,
  defaultKnownHostsFiles,
  type FileKnownHostsDeps,
} from './file-known-hosts.ts'
export { createFilePrivateKeys } from './file-private-keys.ts'
