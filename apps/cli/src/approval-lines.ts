import { printable } from '@sshmcp/kernel'
import type { Terminal } from './terminal.ts'

/** A request as `list_pending_approvals` tells it. */
export interface PendingApproval {
  readonly request_id: string
  readonly action: string
  readonly summary: string
  readonly host_id: string
  readonly requester_id: string
  readonly justification: string
  readonly expires_at: string
  readonly look_closely: readonly string[]
}

/** The requests in a reply of `list_pending_approvals`. */
export function pendingIn({ pending }: Readonly<Record<string, unknown>>): readonly PendingApproval[] {
  return Array.isArray(pending) ? pending : []
}

/** One request in a few lines; the requester's words apart from what the server says. */
export function pendingLines(approval: PendingApproval, { bold, cyan, dim, yellow }: Terminal['colors']): string {
  const { request_id, action, summary, host_id, requester_id, justification, expires_at, look_closely } = approval
  return [
    `${bold(request_id)}  ${action}  ${cyan(host_id)}  ${dim(`by ${requester_id}, until ${expires_at}`)}`,
    `   | ${printable(summary)}`,
    ...(look_closely.length === 0
      ? []
      : [`   ${yellow('!')} look closely: something in ${look_closely.join(', ')} is easily misread`]),
    `   > ${printable(justification)}`,
    `   ${dim(`sshmcp approvals approve ${request_id}`)}`,
    '',
  ].join('\n')
}
