import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Writable } from 'node:stream'
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
    let isOver = false
    const fail = (reason: string): void => {
      if (!isOver) onFailure(approval.requestId, reason)
      isOver = true
    }
    const child = started(program, fail)
    if (child === undefined) return
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

/** Some failures to start are thrown, others are told later; to a request both are the same. */
function started(
  program: string,
  fail: (reason: string) => void,
): ChildProcessByStdio<Writable, null, null> | undefined {
  // The server's own token is nothing that a messenger needs.
  const { SSH_MCP_AUTH_TOKEN: _token, ...env } = process.env
  try {
    return spawn(program, [], {
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: patienceMs,
      killSignal: 'SIGKILL',
    })
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
    return undefined
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
