// Generated from catalog/ and person/ by `pnpm gen`. Not edited by hand.
import addSshKey from './catalog/add-ssh-key.ts'
import approveRequest from './catalog/approve-request.ts'
import cancelBackgroundJob from './catalog/cancel-background-job.ts'
import getAuditLogs from './catalog/get-audit-logs.ts'
import getHostFacts from './catalog/get-host-facts.ts'
import issueCert from './catalog/issue-cert.ts'
import listBackgroundJobs from './catalog/list-background-jobs.ts'
import listHosts from './catalog/list-hosts.ts'
import listPendingApprovals from './catalog/list-pending-approvals.ts'
import listTemplates from './catalog/list-templates.ts'
import pollBackgroundJob from './catalog/poll-background-job.ts'
import removeSshKey from './catalog/remove-ssh-key.ts'
import requestApproval from './catalog/request-approval.ts'
import revokeCert from './catalog/revoke-cert.ts'
import runSshCommandBackground from './catalog/run-ssh-command-background.ts'
import runSshCommand from './catalog/run-ssh-command.ts'
import sftpDelete from './catalog/sftp-delete.ts'
import sftpListDirectory from './catalog/sftp-list-directory.ts'
import sshConnect from './catalog/ssh-connect.ts'
import sshDisconnect from './catalog/ssh-disconnect.ts'
import sshListSessions from './catalog/ssh-list-sessions.ts'
import sshSessionPing from './catalog/ssh-session-ping.ts'
import transferFile from './catalog/transfer-file.ts'
import bootstrapHost from './person/bootstrap-host.ts'
import decideApproval from './person/decide-approval.ts'
import listCertificates from './person/list-certificates.ts'
import listKeys from './person/list-keys.ts'
import pruneKeys from './person/prune-keys.ts'
import searchJournal from './person/search-journal.ts'
import showApproval from './person/show-approval.ts'
import showHosts from './person/show-hosts.ts'
import { schemas } from './schemas.generated.ts'

/** Every tool that a model can call, one per file of `catalog/`. */
export const catalog = [
  { ...addSshKey, schemas: schemas.addSshKey },
  { ...approveRequest, schemas: schemas.approveRequest },
  { ...cancelBackgroundJob, schemas: schemas.cancelBackgroundJob },
  { ...getAuditLogs, schemas: schemas.getAuditLogs },
  { ...getHostFacts, schemas: schemas.getHostFacts },
  { ...issueCert, schemas: schemas.issueCert },
  { ...listBackgroundJobs, schemas: schemas.listBackgroundJobs },
  { ...listHosts, schemas: schemas.listHosts },
  { ...listPendingApprovals, schemas: schemas.listPendingApprovals },
  { ...listTemplates, schemas: schemas.listTemplates },
  { ...pollBackgroundJob, schemas: schemas.pollBackgroundJob },
  { ...removeSshKey, schemas: schemas.removeSshKey },
  { ...requestApproval, schemas: schemas.requestApproval },
  { ...revokeCert, schemas: schemas.revokeCert },
  { ...runSshCommandBackground, schemas: schemas.runSshCommandBackground },
  { ...runSshCommand, schemas: schemas.runSshCommand },
  { ...sftpDelete, schemas: schemas.sftpDelete },
  { ...sftpListDirectory, schemas: schemas.sftpListDirectory },
  { ...sshConnect, schemas: schemas.sshConnect },
  { ...sshDisconnect, schemas: schemas.sshDisconnect },
  { ...sshListSessions, schemas: schemas.sshListSessions },
  { ...sshSessionPing, schemas: schemas.sshSessionPing },
  { ...transferFile, schemas: schemas.transferFile },
] as const

/** Every tool that only people have, by a command or a page, one per file of `person/`. */
export const personTools = [
  bootstrapHost,
  decideApproval,
  listCertificates,
  listKeys,
  pruneKeys,
  searchJournal,
  showApproval,
  showHosts,
] as const
