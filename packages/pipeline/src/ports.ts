import type { Action, ClientInfo, Principal } from '@sshmcp/kernel'

/** How a call ended, in the journal's words. */
export type CallStatus = 'ok' | 'error' | 'denied' | 'timeout' | 'cancelled' | 'unknown'

/** What the transport says of the connection that carried a call: host key, login, what it authenticated with. */
export type ConnectionFacts = Readonly<Record<string, string>>

/** A call as the journal sees it: filled as far as the call came. */
export interface CallRecord {
  readonly operationId: string
  readonly tool: string
  readonly principal: Principal | undefined
  readonly client: ClientInfo
  readonly action: Action | undefined
  readonly approvalRequestId: string | undefined
}

/** What came of it. */
export interface CallOutcome {
  readonly status: CallStatus
  /** The refusal or failure, where there was one. */
  readonly error: { readonly code: string; readonly message: string } | undefined
  readonly connection: ConnectionFacts | undefined
  readonly durationMs: number
  /** The tool's own words for the journal: exit code, signal, bytes. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
}

/**
 * The journal, as the road needs it. Every method resolves when the record is durable and rejects with AUDIT_UNAVAILABLE
 * when it could not be made so. An outcome that was rejected is the journal's to remember: it is written before the next
 * intent is, so that while one is missing nothing new can happen on a host.
 */
export interface Journal {
  /** Before anything happens on a host. */
  intent(record: CallRecord): Promise<void>
  /** After; refers to the intent by its operation id. */
  outcome(record: CallRecord, outcome: CallOutcome): Promise<void>
  /** One record for what has no intent: refusals, and calls that only read our own state. */
  single(record: CallRecord, outcome: CallOutcome): Promise<void>
}

/** Masks secrets in all that leaves. Pure; never throws. */
export interface Redactor {
  text(text: string): string
  /** A JSON value: strings masked, shape kept. */
  value<T>(value: T): T
}

/** A person's decision for exactly one operation, checked and not yet spent. */
export interface Approval {
  readonly requestId: string
  /** What the reply's `_meta.approval` shows. */
  readonly shown: Readonly<Record<string, string>>
  /** Uses it up; of several callers exactly one succeeds. @throws APPROVAL_* */
  spend(): Promise<void>
}

/** Stands between what policy answers with "ask" and its execution. */
export interface ApprovalGate {
  /** @throws APPROVAL_* when there is no approval by a person for exactly this action */
  check(request: {
    readonly principal: Principal
    readonly tool: string
    readonly action: Action
    readonly approvalRequestId: string | undefined
    /** The call's, by which the journal joins the use of an approval with what came of it. */
    readonly operationId: string
  }): Promise<Approval>
}
