import type { AuditEntry } from '@sshmcp/audit'
import type { Catalog } from '@sshmcp/policy'
import type { OwnedHosts } from '@sshmcp/sessions'

/** What a tool may ask the journal for; absent fields do not filter. */
export interface JournalFilter {
  readonly lastN: number
  readonly hostId?: string
  readonly userId?: string
  readonly tool?: string
  readonly status?: string
  readonly since?: string
  readonly until?: string
}

/** A stretch of the journal with the word of the verifier on it. */
export interface JournalExcerpt {
  readonly events: readonly AuditEntry[]
  readonly verified: { readonly fromSeq: number; readonly toSeq: number; readonly verdict: string }
}

/** Everything tools may ask for, bound to the caller. A tool names what it needs and gets no more. */
export interface ToolServices {
  /** The hosts as the caller reaches them. */
  readonly hosts: OwnedHosts
  /** Hosts and templates as far as the caller may see them. */
  readonly catalog: Catalog
  readonly limits: { readonly maxSessions: number }
  readonly journal: { read(filter: JournalFilter): Promise<JournalExcerpt> }
}
