export type { ApprovalChannel, ApprovalMode } from './access.ts'
export { type ApprovalStore, isPartName, isRecordName } from './approval-store.ts'
export { type Approvals, type ApprovalsDeps, createApprovals, type IssuedCode } from './approvals.ts'
export type { ApprovalAsk } from './asking.ts'
export type { RandomBytes } from './codes.ts'
export type { Approving, CodeEntry, Denying } from './deciding.ts'
export type { ApprovalPolicy } from './desk.ts'
export { differingFields, digestOf } from './digest.ts'
export { type ApprovalCode, approvalErrors } from './errors.ts'
export { howToApprove } from './how-to.ts'
export {
  type CertificateOperation,
  type CommandOperation,
  type KeyOperation,
  type Operation,
  operationOf,
  type WithdrawalOperation,
} from './operation.ts'
export type { Pause } from './pause.ts'
export type { People } from './people.ts'
export {
  lookCloselyAt,
  type Presentation,
  type PresentOptions,
  present,
  type RecordedMeaning,
  type ShownValue,
} from './present.ts'
export { presentText, type TextOptions } from './present-text.ts'
export type { ApprovalUse, CheckedApproval } from './spending.ts'
export {
  type ApprovalEvent,
  type ApprovalFacts,
  type ApprovalStatus,
  approvalEvents,
  approvalStatuses,
  type Step,
  statusOf,
  step,
} from './state.ts'
export type { ApprovalView, DecisionView } from './view.ts'
