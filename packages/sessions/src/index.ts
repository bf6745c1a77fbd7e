export { sessionErrors } from './errors.ts'
export type { OutputFilter } from './output-filter.ts'
export type {
  Command,
  ExecOptions,
  ExecOutcome,
  JobOutput,
  JobStatus,
  JobView,
  OwnedHosts,
  PollOptions,
  SessionView,
  SftpOptions,
  StartJobOptions,
} from './owned-hosts.ts'
export type { Load } from './owner.ts'
export { createSessions, type Sessions } from './sessions.ts'
export type { SessionLimits, SessionsDeps } from './sessions-deps.ts'
