import { hostIdPattern, type Principal, parseHostId } from '@sshmcp/kernel'
import { hostIdsOf, type Operation } from './operation.ts'
import type { People } from './people.ts'

export const approvalChannels = ['terminal', 'page', 'client-form', 'code'] as const

/** The way a decision came. `client-form` is the requester's own client. */
export type ApprovalChannel = (typeof approvalChannels)[number]

export const approvalModes = ['two-party', 'one-person'] as const

/** Whether the requester may decide: in `two-party` never. */
export type ApprovalMode = (typeof approvalModes)[number]

/** May this person decide this operation, by role and host? Operators decide commands on hosts they may use. */
export function mayDecide(principal: Principal, operation: Operation, people: People): boolean {
  if (principal.roles.has('admin')) return true
  return principal.roles.has('operator') && 'command' in operation && mayUseAll(principal, operation, people)
}

/** May this person see a request? One's own, an operator those on hosts they may use, an admin all; an auditor none. */
export function maySee(principal: Principal, operation: Operation, people: People): boolean {
  if (principal.roles.has('admin')) return true
  if (principal.roles.has('operator') && mayUseAll(principal, operation, people)) return true
  const worksHere = principal.roles.has('operator') || principal.roles.has('developer')
  return worksHere && operation.requester === principal.userId
}

/** The stricter of how a request was made and how this process runs: neither side can loosen the other. */
export function stricter(a: ApprovalMode, b: ApprovalMode): ApprovalMode {
  return a === 'two-party' ? a : b
}

function mayUseAll(principal: Principal, operation: Operation, people: People): boolean {
  const hostIds = hostIdsOf(operation)
  return (
    hostIds.length > 0 &&
    hostIds.every((name) => hostIdPattern.test(name) && people.mayUseHost(principal, parseHostId(name)))
  )
}
