// Generated from catalog/ and person/ by `pnpm gen`. Not edited by hand.
import approveRequest from './catalog/approve-request.ts'
import cancelBackgroundJob from './catalog/cancel-background-job.ts'
import getAuditLogs from './catalog/get-audit-logs.ts'
import getHostFacts from './catalog/get-host-facts.ts'
import listBackgroundJobs from './catalog/list-background-jobs.ts'
import listHosts from './catalog/list-hosts.ts'
import listPendingApprovals from './catalog/list-pending-approvals.ts'
import listTemplates from './catalog/list-templates.ts'
import pollBackgroundJob from './catalog/poll-background-job.ts'
import requestApproval from './catalog/request-approval.ts'
import runSshCommandBackground from './catalog/run-ssh-command-background.ts'
import runSshCommand from './catalog/run-ssh-command.ts'
import sftpDelete from './catalog/sftp-delete.ts'
import sftpListDirectory from './catalog/sftp-list-directory.ts'
import sshConnect from './catalog/ssh-connect.ts'
import sshDisconnect from './catalog/ssh-disconnect.ts'
import sshListSessions from './catalog/ssh-list-sessions.ts'
import sshSessionPing from './catalog/ssh-session-ping.ts'
import transferFile from './catalog/transfer-file.ts'
import decideApproval from './person/decide-approval.ts'
import searchJournal from './person/search-journal.ts'
import showApproval from './person/show-approval.ts'
import showHosts from './person/show-hosts.ts'

/** Every tool that a model can call, one per file of `catalog/`. */
export const catalog = [
  approveRequest,
  cancelBackgroundJob,
  getAuditLogs,
  getHostFacts,
  listBackgroundJobs,
  listHosts,
  listPendingApprovals,
  listTemplates,
  pollBackgroundJob,
  requestApproval,
  runSshCommandBackground,
  runSshCommand,
  sftpDelete,
  sftpListDirectory,
  sshConnect,
  sshDisconnect,
  sshListSessions,
  sshSessionPing,
  transferFile,
] as const

/** Every tool that only people have, by a command or a page, one per file of `person/`. */
export const personTools = [decideApproval, searchJournal, showApproval, showHosts] as const
