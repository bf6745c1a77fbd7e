// Generated from catalog/ by `pnpm gen`. Not edited by hand.
import cancelBackgroundJob from './catalog/cancel-background-job.ts'
import getAuditLogs from './catalog/get-audit-logs.ts'
import getHostFacts from './catalog/get-host-facts.ts'
import listBackgroundJobs from './catalog/list-background-jobs.ts'
import listHosts from './catalog/list-hosts.ts'
import listTemplates from './catalog/list-templates.ts'
import pollBackgroundJob from './catalog/poll-background-job.ts'
import runSshCommandBackground from './catalog/run-ssh-command-background.ts'
import runSshCommand from './catalog/run-ssh-command.ts'
import sshConnect from './catalog/ssh-connect.ts'
import sshDisconnect from './catalog/ssh-disconnect.ts'
import sshListSessions from './catalog/ssh-list-sessions.ts'
import sshSessionPing from './catalog/ssh-session-ping.ts'

/** Every tool that a model can call, one per file of `catalog/`. */
export const catalog = [
  cancelBackgroundJob,
  getAuditLogs,
  getHostFacts,
  listBackgroundJobs,
  listHosts,
  listTemplates,
  pollBackgroundJob,
  runSshCommandBackground,
  runSshCommand,
  sshConnect,
  sshDisconnect,
  sshListSessions,
  sshSessionPing,
] as const
