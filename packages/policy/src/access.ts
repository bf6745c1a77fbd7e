import type { Host, Principal, Risk, Role } from '@sshmcp/kernel'
import type { Template } from './template.ts'

/** Who may do what at all, before hosts and templates narrow it. Roles add up: one that allows it is enough. */
const usesHosts: readonly Role[] = ['developer', 'operator', 'admin']
const runs: Readonly<Record<Risk, readonly Role[]>> = {
  low: usesHosts,
  medium: ['operator', 'admin'],
  high: ['operator', 'admin'],
}
const movesFiles: readonly Role[] = ['operator', 'admin']
const readsAudit: readonly Role[] = ['admin', 'auditor']
const grantsAccess: readonly Role[] = ['admin']
const decidesApprovals: readonly Role[] = ['operator', 'admin']

type Admits = { readonly allowedRoles: ReadonlySet<Role> | undefined }

/** A list of roles only narrows: no list admits everybody, an empty one nobody. */
export function admits({ allowedRoles }: Admits, principal: Principal): boolean {
  return allowedRoles === undefined || holdsOne(principal, allowedRoles)
}

export function mayUseHosts(principal: Principal): boolean {
  return holdsOne(principal, usesHosts)
}

export function mayRunRisk(principal: Principal, risk: Risk): boolean {
  return holdsOne(principal, runs[risk])
}

/** Listing needs no more than the use of hosts. */
export function mayMoveFiles(principal: Principal): boolean {
  return holdsOne(principal, movesFiles)
}

export function mayReadAudit(principal: Principal): boolean {
  return holdsOne(principal, readsAudit)
}

/** Keys and certificates: who may log in at all. */
export function mayGrantAccess(principal: Principal): boolean {
  return holdsOne(principal, grantsAccess)
}

/** Whether at all; which requests is measured against each operation. */
export function mayDecideApprovals(principal: Principal): boolean {
  return holdsOne(principal, decidesApprovals)
}

/** Auditors see every host and template in the two lists, and nothing else of them. */
export function seesEverything(principal: Principal): boolean {
  return principal.roles.has('auditor')
}

export function mayUseHost(principal: Principal, host: Host): boolean {
  return mayUseHosts(principal) && admits(host, principal)
}

/** Role and risk only; where it may run is the host's say ({@link hostAllows}). */
export function mayRunTemplate(principal: Principal, template: Template): boolean {
  return mayRunRisk(principal, template.risk) && admits(template, principal)
}

export function hostAllows(host: Host, template: Template): boolean {
  return host.allowedTemplates === undefined || host.allowedTemplates.has(template.templateId)
}

function holdsOne(principal: Principal, wanted: Iterable<Role>): boolean {
  for (const role of wanted) if (principal.roles.has(role)) return true
  return false
}
