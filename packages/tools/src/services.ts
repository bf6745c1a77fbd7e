import type { ApprovalView, Presentation } from '@sshmcp/approvals'
import type { AuditEntry } from '@sshmcp/audit'
import type { ApprovalRequest, IdSource, PersonDecision } from '@sshmcp/kernel'
import type { Catalog } from '@sshmcp/policy'
import type { OwnedHosts } from '@sshmcp/sessions'
import type { LocalFiles } from '@sshmcp/transport'

/** What a tool may ask the journal for; absent fields do not filter. */
export interface JournalFilter {
  readonly lastN: number
  readonly hostId?: string
  readonly userId?: string
  readonly tool?: string
  readonly status?: string
  readonly since?: string
  readonly until?: string
  /** A piece of text, anywhere in the entry. */
  readonly text?: string
  /** Only entries before this position. */
  readonly beforeSeq?: number
}

/** A stretch of the journal with the word of the verifier on it. */
export interface JournalExcerpt {
  readonly events: readonly AuditEntry[]
  readonly verified: { readonly fromSeq: number; readonly toSeq: number; readonly verdict: string }
}

/** What came of a decision: the request as it stands, or a code that makes the decision take effect when it comes back. */
export interface Decided {
  readonly approval: ApprovalView
  readonly code?: { readonly text: string; readonly expiresAt: string }
}

/** Approvals, bound to the caller and to the way the call came. */
export interface CallersApprovals {
  /** @throws APPROVAL_NO_APPROVER, APPROVAL_CONTAINS_SECRET, APPROVAL_LIMIT_REACHED */
  request(asked: ApprovalRequest): Promise<ApprovalView>
  /** @throws APPROVAL_UNKNOWN */
  get(requestId: string): Promise<ApprovalView>
  /** Returns when it is decided or the time is over. @throws APPROVAL_UNKNOWN */
  wait(requestId: string, seconds: number, signal: AbortSignal): Promise<ApprovalView>
  pending(): Promise<readonly ApprovalView[]>
  /** A person's decision by a command or a page. @throws APPROVAL_* */
  decide(requestId: string, decision: PersonDecision): Promise<Decided>
  /** The requester's own yes in their client's form, which counts in one-person mode only. @throws APPROVAL_* */
  approveInForm(requestId: string, typedWord: string): Promise<ApprovalView>
  /** @throws APPROVAL_CODE_WRONG, APPROVAL_DENIED */
  redeem(requestId: string, code: string): Promise<ApprovalView>
  /** A sentence for a person; never a command for a model to run. */
  howToApprove(approval: ApprovalView): string
  /** The exact operation as a person reads it: complete, escaped, the requester's words apart. */
  shown(approval: ApprovalView): string
  /** The same in its parts, for a page. */
  presented(approval: ApprovalView): Presentation
}

/** Everything tools may ask for, bound to the caller. A tool names what it needs and gets no more. */
export interface ToolServices {
  /** The hosts as the caller reaches them. */
  readonly hosts: OwnedHosts
  /** Hosts and templates as far as the caller may see them. */
  readonly catalog: Catalog
  readonly limits: { readonly maxSessions: number }
  /** The caller's transfer folder. */
  readonly localFiles: LocalFiles
  /** For names that nobody can foresee. */
  readonly ids: IdSource
  /** Approvals as far as the caller may see, ask for and decide them. */
  readonly approvals: CallersApprovals
  readonly journal: { read(filter: JournalFilter): Promise<JournalExcerpt> }
}
