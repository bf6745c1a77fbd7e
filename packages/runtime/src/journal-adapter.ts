import type { AuditEvent, Journal as AuditJournal, AuditKind } from '@sshmcp/audit'
import {
  type Action,
  type ActionOf,
  type ApprovalRequest,
  type Host,
  hostOf,
  type PersonDecision,
} from '@sshmcp/kernel'
import type { CallOutcome, CallRecord, Journal } from '@sshmcp/pipeline'

/** Puts calls into the journal's words. */
export function journalOfCalls(journal: AuditJournal): Journal {
  return {
    async intent(record) {
      await journal.append({ kind: 'intent', ...about(record) })
    },
    async outcome(record, outcome) {
      await journal.append({ kind: 'outcome', ...about(record), ...ending(outcome) })
    },
    async single(record, outcome) {
      await journal.append({ kind: kindOf(outcome), ...about(record), ...ending(outcome) })
    },
  }
}

function kindOf(outcome: CallOutcome): AuditKind {
  return outcome.error === undefined ? 'read' : 'decision'
}

function about({
  operationId,
  tool,
  principal,
  client,
  action,
  approvalRequestId,
}: CallRecord): Omit<AuditEvent, 'kind'> {
  return {
    operation_id: operationId,
    tool,
    user_id: principal?.userId,
    client,
    approval_request_id: approvalRequestId,
    ...(action === undefined ? {} : aboutAction(action)),
  }
}

function aboutAction(action: Action): Omit<AuditEvent, 'kind'> {
  const host_id = hostOf(action)?.hostId
  switch (action.verb) {
    case 'host.exec':
    case 'job.start': {
      const { templateId, line, stdin } = action.command
      return { host_id, template_id: templateId, command: line, ...(stdin === '' ? {} : { detail: { stdin } }) }
    }
    case 'host.facts':
      return { host_id, command: action.line, detail: { stdin: action.stdin } }
    case 'file.list':
    case 'file.read':
    case 'file.write':
    case 'file.delete':
      return aboutFile(action)
    case 'session.open':
      return { host_id }
    case 'session.close':
    case 'session.read':
      return { detail: { session_id: action.sessionId } }
    case 'job.read':
    case 'job.cancel':
      return { detail: { job_id: action.jobId } }
    case 'catalog.read':
      return { host_id, detail: { what: action.what } }
    case 'audit.read':
      return { detail: { filter: action.filter } }
    case 'approval.read':
      return { approval_request_id: action.requestId }
    case 'approval.request':
      return aboutRequest(action)
    case 'approval.redeem':
      return { approval_request_id: action.requestId }
    case 'key.install':
    case 'key.remove':
    case 'key.prune':
    case 'cert.issue':
    case 'cert.revoke':
    case 'cert.bootstrap':
    case 'access.read':
      return aboutAccess(action)
    case 'approval.decide':
      return { approval_request_id: action.requestId, ...aboutDecision(action.decision) }
  }
}

function aboutFile(
  action: ActionOf<'file.list' | 'file.read' | 'file.write' | 'file.delete'>,
): Omit<AuditEvent, 'kind'> {
  const host_id = action.host.hostId
  const path = { remote_path: action.remotePath }
  if (action.verb === 'file.list') return { host_id, detail: path }
  const untrusted = action.justification === '' ? {} : { untrusted: { justification: action.justification } }
  if (action.verb === 'file.delete') return { host_id, detail: path, ...untrusted }
  const direction = action.verb === 'file.read' ? 'download' : 'upload'
  const { localPath, overwrite } = action
  return { host_id, detail: { direction, ...path, local_path: localPath, overwrite }, ...untrusted }
}

type AccessAction = ActionOf<
  'key.install' | 'key.remove' | 'key.prune' | 'cert.issue' | 'cert.revoke' | 'cert.bootstrap' | 'access.read'
>

function aboutAccess(action: AccessAction): Omit<AuditEvent, 'kind'> {
  switch (action.verb) {
    case 'key.install': {
      const { hosts, userName, publicKey, ttlSeconds: ttl_seconds, reason } = action
      const key = { user_name: userName, fingerprint: publicKey.fingerprint, ttl_seconds }
      return { ...namesOf(hosts), detail: { ...namesOf(hosts).detail, ...key }, untrusted: { reason } }
    }
    case 'key.remove':
      return { detail: { key_id: action.keyId }, untrusted: { reason: action.reason } }
    case 'key.prune':
      return namesOf(action.hosts)
    case 'cert.issue': {
      const { userId: for_user, principals, publicKey, ttlSeconds: ttl_seconds, justification } = action
      const detail = { for_user, principals: [...principals], fingerprint: publicKey.fingerprint, ttl_seconds }
      return { detail, untrusted: { justification } }
    }
    case 'cert.revoke':
      return { detail: { cert_id: action.certId }, untrusted: { reason: action.reason } }
    case 'cert.bootstrap':
      return { host_id: action.host.hostId }
    case 'access.read':
      return { detail: { what: action.what } }
  }
}

/** One host is the entry's own; several stand in its detail. */
function namesOf(hosts: readonly Host[]) {
  const [only, ...others] = hosts.map(({ hostId }) => hostId)
  return others.length === 0
    ? { host_id: only, detail: {} }
    : { detail: { host_ids: hosts.map(({ hostId }) => hostId) } }
}

function aboutRequest({ tool, wanted, justification, ticketRef }: ApprovalRequest): Omit<AuditEvent, 'kind'> {
  const { detail, ...rest } = aboutAction(wanted)
  return {
    ...rest,
    detail: { wanted_tool: tool, wanted: detail },
    untrusted: { justification, ticket_ref: ticketRef },
  }
}

function aboutDecision(decision: PersonDecision): Omit<AuditEvent, 'kind'> {
  if (decision.verdict === 'deny') return { detail: { verdict: 'deny' }, untrusted: { reason: decision.reason } }
  return { detail: { verdict: 'approve', as_code: decision.asCode } }
}

function ending({ status, error, connection, durationMs, detail }: CallOutcome): Omit<AuditEvent, 'kind'> {
  const { exit_code, ...rest } = detail
  const exitCode = typeof exit_code === 'number' || exit_code === null ? { exit_code } : {}
  return {
    status,
    ...exitCode,
    ...(error === undefined ? {} : { code: error.code }),
    ...(connection === undefined
      ? {}
      : { host_key_fingerprint: connection.host_key_fingerprint, connection: connection.connection }),
    detail: {
      duration_ms: durationMs,
      ...rest,
      ...(error === undefined ? {} : { message: error.message }),
      ...(connection?.authenticated_with === undefined ? {} : { authenticated_with: connection.authenticated_with }),
    },
  }
}
