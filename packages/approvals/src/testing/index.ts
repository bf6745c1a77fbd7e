export { approvalStoreContract, type StoreFixture } from './approval-store-contract.ts'
export { aKey, aPerson, approvalsOnFakes, aRestart, MemoryPeople } from './builders.ts'
export { type Breakpoint, MemoryApprovalStore } from './memory-approval-store.ts'
