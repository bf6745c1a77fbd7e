export { type AuditFixture, auditStoreContract } from './audit-store-contract.ts'
export { aJournal, aSigner, aWrittenFolder } from './journal-fixture.ts'
export { MemoryAnchor } from './memory-anchor.ts'
export { type FaultPoint, MemoryAuditFolder, MemoryAuditStore } from './memory-audit-store.ts'
