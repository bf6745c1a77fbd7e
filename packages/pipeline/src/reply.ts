import { isSshMcpError, kernelErrors, type Risk, type SshMcpError } from '@sshmcp/kernel'

export interface ReplyMeta {
  readonly risk_level: Risk
  readonly confirmation_required: boolean
  readonly approval_required: boolean
  /** The approval that was spent. */
  readonly approval?: Readonly<Record<string, string>>
}

export interface ReplyError {
  readonly code: string
  readonly message: string
  readonly next: string
  readonly field?: string
  readonly candidates?: readonly string[]
  readonly retry_after_seconds?: number
  readonly audit_id: string
}

/** What leaves the road: already redacted. */
export type Reply =
  | { readonly isError: false; readonly result: Readonly<Record<string, unknown>>; readonly meta: ReplyMeta }
  | { readonly isError: true; readonly error: ReplyError; readonly meta: ReplyMeta }

/** Whatever was thrown, as the coded error that may be shown. Unknown ones say nothing of their inside. */
export function asCodedError(thrown: unknown): SshMcpError {
  if (isSshMcpError(thrown)) return thrown
  return kernelErrors.error('INTERNAL', { message: 'Something failed inside the server.', cause: thrown })
}

export function replyError(error: SshMcpError, auditId: string): ReplyError {
  return {
    code: error.code,
    message: error.message,
    next: error.next,
    ...(error.field === undefined ? {} : { field: error.field }),
    ...(error.candidates === undefined ? {} : { candidates: error.candidates }),
    ...(error.retryAfterSeconds === undefined ? {} : { retry_after_seconds: error.retryAfterSeconds }),
    audit_id: auditId,
  }
}

export function replyMeta(risk: Risk, approval: Readonly<Record<string, string>> | undefined): ReplyMeta {
  return {
    risk_level: risk,
    confirmation_required: risk === 'medium',
    approval_required: risk === 'high',
    ...(approval === undefined ? {} : { approval }),
  }
}
