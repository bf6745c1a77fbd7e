import type { IdentityEntry } from '@sshmcp/identity'
import type { Clock, Credential, IdSource, Principal, Secret, UserId } from '@sshmcp/kernel'
import type { Pipeline } from '@sshmcp/pipeline'
import type { Load } from '@sshmcp/sessions'
import type { ToolServices } from '@sshmcp/tools'
import type { LocalFiles, SshTransport } from '@sshmcp/transport'
import type { AuditParts } from './adapters.ts'
import type { ApprovalVault } from './approvals/create-approvals.ts'
import type { Config } from './config.ts'
import type { ServedFiles } from './served-files.ts'

/** What stands outside and can be replaced, so that an app is tested whole without a network or a disk. */
export interface Adapters {
  readonly clock: Clock
  readonly ids: IdSource
  readonly transport: SshTransport
  readonly audit: AuditParts
  readonly approvals: ApprovalVault
  /** The transfer folder of one identity; of the local caller with `undefined`. */
  readonly localFiles: (owner: UserId | undefined) => LocalFiles
  /** The identities as they are now; those of identities.json when left out. */
  readonly identities: () => readonly IdentityEntry[]
  readonly otherProof: OtherProof
}

/** Another proof of who somebody is than a token of identities.json. */
export interface OtherProof {
  /** Undefined for a token of another kind. @throws IDENTITY_* */
  authenticate(token: Secret): Promise<Principal> | undefined
  /** Whoever has shown such a proof that still holds. */
  people(): readonly Principal[]
}

export interface Runtime {
  readonly pipeline: Pipeline<ToolServices>
  /** Who shows this credential, at this moment. @throws IDENTITY_*, and CONFIG_INVALID while identities.json cannot be read */
  authenticate(credential: Credential): Promise<Principal>
  /** Whether somebody may look into the journal at all: pages offer no more than that. */
  mayReadJournal(principal: Principal): boolean
  /** Takes other hosts, templates and policy from the next call on; what runs goes on. @throws AUDIT_UNAVAILABLE */
  reload(config: Config): Promise<void>
  /** False while the journal cannot be written. */
  isHealthy(): boolean
  /** Files of transfer folders, for callers on other machines. */
  readonly files: Pick<ServedFiles, 'open' | 'store'>
  /** What is open and what waits at this moment, of everybody together. @throws APPROVAL_STORE_UNAVAILABLE */
  load(): Promise<RuntimeLoad>
  /**
   * Ends what runs, closes every connection, writes the journal's last words.
   *
   * @param patienceMs for jobs to be ended on their hosts; a second when left out
   */
  close(patienceMs?: number): Promise<void>
}

export interface RuntimeLoad extends Load {
  readonly approvalsWaiting: number
}

export interface RuntimeOptions {
  readonly adapters?: Partial<Adapters>
  readonly version: string
  /** Lines for people, on stderr as a rule. Never a secret. */
  readonly log: (line: string) => void
  /** Where a file that was offered is fetched by its handle; left out where nothing serves files. */
  readonly fileUrl?: (handle: string) => string
  /** Where a request for an approval is decided on a page; left out where nothing serves pages. */
  readonly approvalUrl?: (requestId: string) => string
  /** Told of an identity whose token has ended. */
  readonly onRevoked?: (userId: UserId) => Promise<void>
}
