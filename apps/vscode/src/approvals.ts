import type { CommandLine } from './command-line.ts'

/** A request as the list tells it. */
export interface Pending {
  readonly id: string
  readonly action: string
  readonly host: string
  readonly summary: string
  readonly requester: string
  readonly expiresAt: string
}

/** A request as the person who decides sees it. */
export interface Shown {
  readonly id: string
  /** The exact operation, complete and escaped, the requester's words apart. */
  readonly text: string
  readonly status: string
  readonly mode: string
  readonly typedWord: string
}

/** The requests that this identity may see. @throws CommandFailed */
export async function listPending(commandLine: CommandLine): Promise<readonly Pending[]> {
  const { pending } = await commandLine.json('approvals', 'list')
  return Array.isArray(pending) ? pending.map(pendingOf) : []
}

/** One request, whole. @throws CommandFailed */
export async function showRequest(commandLine: CommandLine, id: string): Promise<Shown> {
  const { text, status, mode, typed_word } = await commandLine.json('approvals', 'show', id)
  return { id, text: String(text), status: String(status), mode: String(mode), typedWord: String(typed_word) }
}

function pendingOf(item: unknown): Pending {
  const { request_id, action, host_id, summary, requester_id, expires_at }: Readonly<Record<string, unknown>> =
    typeof item === 'object' && item !== null ? { ...item } : {}
  return {
    id: String(request_id),
    action: String(action),
    host: String(host_id),
    summary: String(summary),
    requester: String(requester_id),
    expiresAt: String(expires_at),
  }
}
