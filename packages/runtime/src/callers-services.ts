import type { Clock, IdSource } from '@sshmcp/kernel'
import type { BoundCaller, CallHooks } from '@sshmcp/pipeline'
import { catalogFor } from '@sshmcp/policy'
import type { Sessions } from '@sshmcp/sessions'
import { type HiddenNames, hookedHosts, type ToolServices } from '@sshmcp/tools'
import type { AuditParts } from './adapters.ts'
import { type CallersApprovalsDeps, callersApprovals } from './approvals/callers-approvals.ts'
import type { CaDesk } from './certificates/ca-desk.ts'
import { callersCertificates } from './certificates/callers-certificates.ts'
import { callersKeys } from './certificates/callers-keys.ts'
import type { Config } from './config.ts'
import { readJournal } from './read-journal.ts'
import type { Adapters } from './runtime.ts'
import type { ServedFiles } from './served-files.ts'

/** What the services of every caller are made of. */
export interface ServiceParts {
  readonly config: Config
  readonly sessions: Sessions
  readonly desk: CaDesk
  readonly clock: Clock
  readonly ids: IdSource
  readonly localFiles: Adapters['localFiles']
  readonly files: ServedFiles
  readonly audit: AuditParts
  readonly hiddenNames: HiddenNames
  readonly asking: CallersApprovalsDeps
}

type AccessParts = Pick<ServiceParts, 'config' | 'sessions' | 'desk' | 'clock' | 'ids'>

/** The hosts, and who can log in there, as one caller handles them. */
function accessOf(caller: BoundCaller, hooks: CallHooks, { config, sessions, desk, clock, ids }: AccessParts) {
  const { userId } = caller.principal
  const hosts = hookedHosts(sessions.forOwner(userId), hooks, caller)
  const visible = catalogFor(caller.principal, config.rules)
  return {
    hosts,
    catalog: visible,
    keys: callersKeys({ desk, hosts, catalog: visible, clock, ids, userId }),
    certificates: callersCertificates({
      ...caller,
      desk,
      catalog: visible,
      userId,
      closeByCertificate: (serial) => sessions.closeByCertificate(serial),
    }),
  }
}

/** Binds what the tools can do to one caller and one call. */
export function servicesBinder(parts: ServiceParts) {
  const { config, ids, localFiles, files, audit, hiddenNames, asking } = parts
  return (caller: BoundCaller, hooks: CallHooks): ToolServices => ({
    ...accessOf(caller, hooks, parts),
    approvals: callersApprovals(asking, caller),
    limits: { maxSessions: config.settings.maxSessions },
    // In local mode the folder is the one caller's; identities have one each.
    localFiles: localFiles(
      config.credential?.kind === 'local' && config.identities.length === 0 ? undefined : caller.principal.userId,
    ),
    downloads: { offer: (localPath) => files.offer(caller.principal.userId, localPath) },
    ids,
    hiddenNames,
    journal: readJournal(audit),
  })
}
