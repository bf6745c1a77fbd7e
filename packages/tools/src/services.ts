import type { ApprovalView, Presentation } from '@sshmcp/approvals'
import type { AuditEntry } from '@sshmcp/audit'
import type { IssuedRecord, KeyRecord } from '@sshmcp/ca'
import type { ApprovalRequest, CertificateIssue, Host, IdSource, KeyInstall, PersonDecision } from '@sshmcp/kernel'
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
  shown(approval: ApprovalView): Promise<string>
  /** The same in its parts, for a page. */
  presented(approval: ApprovalView): Promise<Presentation>
  /** Labels of what in the operation is easily misread, for a list. */
  lookCloselyAt(approval: ApprovalView): readonly string[]
}

/** What became of one host. */
export interface HostOutcome {
  readonly hostId: string
  readonly outcome: 'done' | 'not_configured' | 'failed'
  readonly code?: string
  readonly message?: string
}

/** Keys in the authorized_keys files of hosts. When every host fails, so does the call, and no approval is spent for it. */
export interface CallersKeys {
  install(
    action: KeyInstall,
    signal: AbortSignal,
  ): Promise<{ readonly keyId: string; readonly expiresAt: string; readonly hosts: readonly HostOutcome[] }>
  /** @throws KEY_UNKNOWN */
  remove(keyId: string, reason: string, signal: AbortSignal): Promise<readonly HostOutcome[]>
  /** Takes out what has expired; only hosts that have such a line are connected to. */
  prune(hosts: readonly Host[], signal: AbortSignal): Promise<readonly HostOutcome[]>
  list(): Promise<readonly KeyRecord[]>
}

/** The certificate authority. */
export interface CallersCertificates {
  /** Resolves when a certificate could be issued now. @throws CA_NOT_INITIALISED, CA_LOCKED */
  requireUnlocked(signal: AbortSignal): Promise<void>
  /** Resolves when there is such a certificate. @throws CERT_UNKNOWN, CA_NOT_INITIALISED */
  requireIssued(certId: string): Promise<void>
  /** @throws CA_NOT_INITIALISED, CA_LOCKED */
  issue(action: CertificateIssue, signal: AbortSignal): Promise<IssuedRecord & { readonly certificate: string }>
  /** @throws CERT_UNKNOWN, CA_NOT_INITIALISED */
  revoke(
    certId: string,
    reason: string,
  ): Promise<{
    readonly status: 'revoked' | 'already_revoked'
    readonly revokedAt: string
    readonly krlVersion: string
    readonly hosts: readonly HostOutcome[]
  }>
  /** `revokedAt` where one was revoked by its id. */
  list(): Promise<readonly (IssuedRecord & { readonly revokedAt?: string | undefined })[]>
  /** A script for a person to run on the host. @throws CA_NOT_INITIALISED, CA_LOCKED */
  bootstrap(host: Host, signal: AbortSignal): Promise<string>
}

/** Names that a host chose, where a reply would carry them in a form in which redaction does not see what they hold. */
export interface HiddenNames {
  /** True where redaction finds something. */
  holdsSecret(text: string): boolean
  /** A text out of which this server alone reads the bytes. */
  seal(bytes: Uint8Array): string
  /** Undefined for what was not sealed here since the start. */
  open(sealed: string): Uint8Array | undefined
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
  /** Where a caller on another machine fetches a file of their folder; undefined where they need no such way. */
  readonly downloads: { offer(localPath: string): string | undefined }
  /** For names that nobody can foresee. */
  readonly ids: IdSource
  readonly hiddenNames: HiddenNames
  /** Approvals as far as the caller may see, ask for and decide them. */
  readonly approvals: CallersApprovals
  readonly keys: CallersKeys
  readonly certificates: CallersCertificates
  readonly journal: { read(filter: JournalFilter): Promise<JournalExcerpt> }
}
