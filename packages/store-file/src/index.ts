export { openApprovalKey } from './approvals/approval-key.ts'
export { type FileApprovalStoreDeps, openFileApprovalStore } from './approvals/file-approval-store.ts'
export { openAuditKey, readAuditKey } from './audit-key.ts'
export { type FileCertStore, type FileCertStoreDeps, openFileCertStore } from './certificates/file-cert-store.ts'
export { readText, replaceDurably } from './durable-file.ts'
export { storeErrors } from './errors.ts'
export { FileAuditSource } from './file-audit-source.ts'
export { type FileAuditStoreDeps, openFileAuditStore } from './file-audit-store.ts'
export {
  addKnownHost,
  createFileKnownHosts,
  defaultKnownHostsFiles,
  type FileKnownHostsDeps,
} from './file-known-hosts.ts'
export { createFilePrivateKeys } from './file-private-keys.ts'
export { readSshConfigFiles, type SshConfigText } from './file-ssh-config.ts'
export { openFolderAnchor } from './folder-anchor.ts'
export { createFileLocalFiles, type FileLocalFilesDeps } from './local-files/file-local-files.ts'
export { type AuditVerification, type VerifyAuditOptions, verifyAudit } from './verify-audit.ts'
