export { storeErrors } from './errors.ts'
export { type FileAuditStoreDeps, openFileAuditStore } from './file-audit-store.ts'
