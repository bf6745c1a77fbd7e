import { type Action, type ActionOf, type Host, type Principal, roles, runsOneCommand } from '@sshmcp/kernel'
import {
  admits,
  hostAllows,
  mayDecideApprovals,
  mayGrantAccess,
  mayMoveFiles,
  mayReadAudit,
  mayRunRisk,
  mayUseHosts,
} from './access.ts'
import { type PolicyCode, policyErrors } from './errors.ts'
import { type FileAction, refuseFile } from './files/decide-file.ts'
import type { Rules } from './rules.ts'

/** A decision, and why where it is not a plain yes. `next` says what would help. */
export type Decision =
  | { readonly effect: 'allow' }
  | {
      readonly effect: 'ask' | 'deny'
      readonly code: PolicyCode
      readonly reason: string
      readonly next: string
    }

/**
 * Decides whether a principal may carry out an action: allow, ask (an approval for exactly this), or deny.
 *
 * Pure, and denies by default: an action is measured against the rules, not against what it says of itself, so a host
 * or template that the rules do not hold is refused. Adding a role never takes anything away; adding a restriction
 * never gives anything.
 */
export function decide(principal: Principal, action: Action, rules: Rules): Decision {
  switch (action.verb) {
    case 'catalog.read':
      return holdsAnyRole(principal) ? allow : noRole('to see hosts and templates')
    case 'host.facts':
      return refuseHost(principal, action.host, rules) ?? allow
    case 'session.open':
      return refuseHost(principal, action.host, rules) ?? refuseMore(action.host, 'no session') ?? allow
    case 'host.exec':
    case 'job.start':
      return decideExec(principal, action, rules)
    case 'file.list':
    case 'file.read':
    case 'file.write':
    case 'file.delete':
      return decideFile(principal, action, rules)
    // What these name is the caller's own; another's id is unknown to them.
    case 'session.close':
    case 'session.read':
    case 'job.read':
      return mayUseHosts(principal) ? allow : noRole('to use hosts')
    case 'job.cancel':
      if (rules.readOnly) return deny('POLICY_READ_ONLY', 'The server is in read-only mode; cancelling ends a process.')
      return mayUseHosts(principal) ? allow : noRole('to use hosts')
    case 'audit.read':
      return mayReadAudit(principal) ? allow : noRole('to read the journal; admins and auditors may')
    case 'approval.request':
      return decideRequest(decide(principal, action.wanted, rules), action.tool)
    case 'approval.read':
      return holdsAnyRole(principal) ? allow : noRole('to see approval requests')
    case 'approval.redeem':
      return allow
    case 'approval.decide':
      return mayDecideApprovals(principal) ? allow : noRole('to decide approvals; operators and admins may')
    case 'key.install':
    case 'key.remove':
    case 'key.prune':
    case 'cert.issue':
    case 'cert.revoke':
    case 'cert.bootstrap':
      return decideAccess(principal, action, rules)
    case 'access.read':
      return mayGrantAccess(principal) ? allow : noRole('to see keys and certificates; admins may')
    default:
      return action satisfies never
  }
}

const allow: Decision = { effect: 'allow' }

/** Asking is allowed for exactly what would otherwise be asked for. */
function decideRequest(wanted: Decision, tool: string): Decision {
  if (wanted.effect === 'ask') return allow
  if (wanted.effect === 'deny') return wanted
  return deny('POLICY_APPROVAL_NOT_NEEDED', `${tool} with these arguments runs without an approval.`)
}

function decideExec(principal: Principal, action: ActionOf<'host.exec' | 'job.start'>, rules: Rules): Decision {
  const { host, command } = action
  const refused = refuseHost(principal, host, rules)
  if (refused) return refused
  const refusedSession = 'sessionId' in action && action.sessionId !== undefined && refuseMore(host, 'no session')
  if (refusedSession) return refusedSession
  const template = rules.templates.find(({ templateId }) => templateId === command.templateId)
  if (!template) return deny('POLICY_TEMPLATE_UNKNOWN', `No template "${command.templateId}" is configured.`)
  const { templateId } = template
  // A plan may raise the risk of its template, never lower it.
  const risk = command.risk === 'high' ? 'high' : template.risk
  if (!mayRunRisk(principal, risk)) return noRole(`to run templates of ${risk} risk`)
  if (!admits(template, principal)) {
    return deny('POLICY_TEMPLATE_FORBIDDEN', `The template "${templateId}" admits none of your roles.`)
  }
  const configured = rules.hosts.find(({ hostId }) => hostId === host.hostId) ?? host
  if (!hostAllows(configured, template)) {
    return deny('POLICY_TEMPLATE_FORBIDDEN', `The host "${host.hostId}" does not allow the template "${templateId}".`)
  }
  if (rules.readOnly && risk !== 'low') {
    return deny('POLICY_READ_ONLY', `The server is in read-only mode; "${templateId}" is of ${risk} risk.`)
  }
  return risk === 'high' ? ask(`"${templateId}" is of high risk: it runs once a person approved it.`) : allow
}

function decideFile(principal: Principal, action: FileAction, rules: Rules): Decision {
  if (action.verb !== 'file.list' && !mayMoveFiles(principal)) return noRole('to move or delete files')
  const refusedHost = refuseHost(principal, action.host, rules) ?? refuseMore(action.host, 'no file')
  if (refusedHost) return refusedHost
  const refused = refuseFile(action, rules)
  return refused === undefined ? allow : deny(refused.code, refused.reason)
}

type AccessAction = ActionOf<
  'key.install' | 'key.remove' | 'key.prune' | 'cert.issue' | 'cert.revoke' | 'cert.bootstrap'
>

/** Whoever may log in can do anything there: granting and taking that away wants a second look each time. */
function decideAccess(principal: Principal, action: AccessAction, rules: Rules): Decision {
  if (!mayGrantAccess(principal)) return noRole('to handle keys and certificates; admins may')
  if (rules.readOnly) return deny('POLICY_READ_ONLY', 'The server is in read-only mode; this changes who can log in.')
  const hosts = 'hosts' in action ? action.hosts : 'host' in action ? [action.host] : []
  for (const host of hosts) {
    const refused = refuseHost(principal, host, rules) ?? refuseKeyFile(host, action.verb)
    if (refused) return refused
  }
  // Sweeping up what has expired gives nobody anything, and a set-up script is run by a person who reads it.
  if (action.verb === 'key.prune' || action.verb === 'cert.bootstrap') return allow
  return ask('Keys and certificates decide who can log in: it is done once a person approved exactly this.')
}

/** Keys are written as files. Taking out what has expired goes on with the other hosts. */
function refuseKeyFile(host: Host, verb: AccessAction['verb']): Decision | undefined {
  return verb === 'key.install' ? refuseMore(host, 'no key file') : undefined
}

/** A host with an identity per command runs templates, each over a connection that can do nothing else. */
function refuseMore(host: Host, what: string): Decision | undefined {
  if (!runsOneCommand(host)) return undefined
  return deny('POLICY_ONE_COMMAND_ONLY', `The host "${host.hostId}" runs one command per login: ${what} there.`)
}

/** Measures the host against the one that is configured: the same id with another address is not the same host. */
function refuseHost(principal: Principal, host: Host, rules: Rules): Decision | undefined {
  if (!mayUseHosts(principal)) return noRole('to use hosts')
  const configured = rules.hosts.find(({ hostId }) => hostId === host.hostId)
  if (!configured) return deny('POLICY_HOST_UNKNOWN', `No host "${host.hostId}" that you may use is configured.`)
  if (!admits(configured, principal)) {
    return deny('POLICY_HOST_FORBIDDEN', `The host "${host.hostId}" admits none of your roles.`)
  }
  const isSame =
    configured.hostname === host.hostname &&
    configured.port === host.port &&
    configured.sshUser === host.sshUser &&
    configured.proxyJump === host.proxyJump &&
    JSON.stringify(configured.certificate) === JSON.stringify(host.certificate)
  return isSame ? undefined : deny('POLICY_HOST_CHANGED', `The host "${host.hostId}" was configured anew meanwhile.`)
}

function holdsAnyRole(principal: Principal): boolean {
  return roles.some((role) => principal.roles.has(role))
}

function noRole(what: string): Decision {
  return deny('POLICY_ROLE_MISSING', `None of your roles allows you ${what}.`)
}

function deny(code: PolicyCode, reason: string): Decision {
  return { effect: 'deny', code, reason, next: policyErrors.table[code].next }
}

function ask(reason: string): Decision {
  const code = 'POLICY_APPROVAL_REQUIRED'
  return { effect: 'ask', code, reason, next: policyErrors.table[code].next }
}
