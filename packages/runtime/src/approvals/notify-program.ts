import { spawn } from 'node:child_process'
import type { ApprovalView } from '@sshmcp/approvals'

const patienceMs = 5000

export interface NotifyDeps {
  /** `SSH_MCP_APPROVAL_NOTIFY`: the program's path; nothing of the request becomes an argument. */
  readonly program: string | undefined
  /** Told when the program could not do its part; nothing else changes. */
  readonly onFailure: (requestId: string, reason: string) => void
}

/** Tells a program of a new request: JSON on its stdin, no shell, five seconds. */
export function notifier({ program, onFailure }: NotifyDeps): (approval: ApprovalView) => void {
  if (program === undefined) return () => undefined
  return (approval) => {
    const child = spawn(program, [], {
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: patienceMs,
      killSignal: 'SIGKILL',
    })
    let isOver = false
    const fail = (reason: string): void => {
      if (!isOver) onFailure(approval.requestId, reason)
      isOver = true
    }
    child.on('error', (error) => fail(error.message))
    child.on('exit', (code, signal) => {
      if (code !== 0) fail(signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`)
      isOver = true
    })
    // A program that does not read its input closes the pipe on us.
    child.stdin.on('error', () => undefined)
    child.stdin.end(`${JSON.stringify(message(approval))}\n`)
  }
}

function message(approval: ApprovalView) {
  return {
    request_id: approval.requestId,
    action: approval.action,
    summary: approval.summary,
    host_id: approval.hostIds.join(', '),
    requester_id: approval.requesterId,
    justification: approval.justification,
    ticket_ref: approval.ticketRef,
    mode: approval.mode,
    expires_at: approval.expiresAt,
  }
}
