/** What JSON can say. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined }

/**
 * What an entry is about.
 *
 * `intent` and `outcome` bracket whatever touches a host; `decision` is an answer of policy, approval or limits that
 * stopped a call; `read` is a look at the journal or the catalogue; `change` alters the product's own state without
 * touching a host; `approval.*` are the steps of a request; `config` lists file hashes and ids at a start.
 * The rest is written by the journal itself: `open` and `close` of a writer, `segment` heads a file, `checkpoint` signs
 * all before it, `recover` records what a crash left half-written, `orphaned` an intent whose writer died.
 */
export type AuditKind =
  | 'intent'
  | 'outcome'
  | 'decision'
  | 'read'
  | 'change'
  | 'approval.requested'
  | 'approval.decided'
  | 'approval.spent'
  | 'config'
  | 'open'
  | 'close'
  | 'segment'
  | 'checkpoint'
  | 'recover'
  | 'orphaned'

/** How it ended. `unknown`: it may have happened, nobody saw the end. */
export type AuditStatus = 'ok' | 'error' | 'denied' | 'timeout' | 'cancelled' | 'unknown'

/** What a caller tells the journal. Position, time and writer are added by the journal; secrets are removed by it. */
export interface AuditEvent {
  readonly kind: AuditKind
  /** Ties an intent to its outcome. Required for both. */
  readonly operation_id?: string | undefined
  readonly user_id?: string | undefined
  /** The connecting program in its own words. */
  readonly client?: { readonly name: string; readonly version: string } | undefined
  /** Where the call came in, such as `stdio` or an address. */
  readonly source?: string | undefined
  readonly tool?: string | undefined
  readonly host_id?: string | undefined
  /** `SHA256:…` of the key that the host proved to have. */
  readonly host_key_fingerprint?: string | undefined
  /** The connection that carried it, such as `deploy@10.0.0.4:22`. */
  readonly connection?: string | undefined
  readonly template_id?: string | undefined
  /** The rendered line, exactly as sent, less its secrets. */
  readonly command?: string | undefined
  readonly status?: AuditStatus | undefined
  /** Null after a signal or a timeout. */
  readonly exit_code?: number | null | undefined
  /** The code of the error or refusal. */
  readonly code?: string | undefined
  readonly approval_request_id?: string | undefined
  /** Anything else that this product says itself. */
  readonly detail?: JsonValue | undefined
  /** Words of a model, a client or a host: recorded, never believed. */
  readonly untrusted?: JsonValue | undefined
}

/** An event as it stands in the journal. */
export interface AuditEntry extends AuditEvent {
  /** Position, from 0, without gaps. The order of the journal; times are only claims. */
  readonly seq: number
  /** Wall clock of the writer, RFC 3339 in UTC with milliseconds. */
  readonly time: string
  /** Milliseconds on the writer's monotonic clock. */
  readonly mono: number
  /** The process that wrote it: introduced by an `open` entry. */
  readonly writer: string
}
