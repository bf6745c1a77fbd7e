export type { OutputFilter } from './output-filter.ts'
export type { Command, ExecOptions, ExecOutcome, OwnedHosts } from './owned-hosts.ts'
export type { CreateSessions, SessionLimits, Sessions, SessionsDeps } from './sessions.ts'
