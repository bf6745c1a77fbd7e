export {
  type Action,
  type ActionOf,
  type ApprovalRequest,
  type CertificateIssue,
  type CommandPlan,
  type FileTransfer,
  hostOf,
  type KeyInstall,
  opensChannel,
  type PersonDecision,
  type PublicKeyText,
  type RemoteFile,
  reachOf,
  type Verb,
} from './action.ts'
export { type Clock, rfc3339, systemClock } from './clock.ts'
export {
  defineErrors,
  type ErrorDetail,
  type ErrorEntry,
  type ErrorFamily,
  isSshMcpError,
  SshMcpError,
} from './error.ts'
export { kernelErrors } from './errors.ts'
export { type Host, type HostCertificate, runsOneCommand } from './host.ts'
export { type IdSource, randomIds } from './id-source.ts'
export {
  type HostId,
  hostIdPattern,
  parseHostId,
  parseTemplateId,
  parseUserId,
  type TemplateId,
  templateIdPattern,
  type UserId,
  userIdPattern,
} from './ids.ts'
export { nearest } from './nearest.ts'
export { type ClientInfo, type Credential, type Principal, type Role, roles } from './principal.ts'
export { printable } from './printable.ts'
export { atLeast, type Risk, risks } from './risk.ts'
export { scriptLine } from './script-line.ts'
export { Secret } from './secret.ts'
export { shellWord } from './shell-word.ts'
