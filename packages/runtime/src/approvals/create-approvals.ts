import { join } from 'node:path'
import { type ApprovalStore, type Approvals, createApprovals } from '@sshmcp/approvals'
import type { IdentityEntry } from '@sshmcp/identity'
import type { Clock, IdSource, Principal, Secret } from '@sshmcp/kernel'
import type { Redactor } from '@sshmcp/redact'
import { openApprovalKey, openFileApprovalStore } from '@sshmcp/store-file'
import type { Config } from '../config.ts'
import { peopleOf } from './people-of.ts'

/** Where approvals are kept and what seals them. */
export interface ApprovalVault {
  readonly store: ApprovalStore
  readonly key: Secret<Uint8Array>
}

/** The folder of approvals and the key that seals them, both made at the first start. */
export function openVault({ places }: Config): ApprovalVault {
  return {
    store: openFileApprovalStore({ dir: places.approvalDataDir }),
    key: openApprovalKey({ path: join(places.keysDir, 'approvals.key') }),
  }
}

export interface ApprovalParts {
  readonly config: Config
  readonly vault: ApprovalVault
  readonly redactor: Redactor
  readonly clock: Clock
  readonly ids: IdSource
  /** The identities as they are now. */
  readonly entries: () => readonly IdentityEntry[]
  readonly others?: (() => readonly Principal[]) | undefined
}

export function approvalsOf({ config, vault, redactor, clock, ids, entries, others }: ApprovalParts): Approvals {
  const { rules, settings, login } = config
  return createApprovals({
    ...vault,
    clock,
    ids,
    policy: rules.policy.approvals,
    mode: settings.requiresTwoPartyApproval ? 'two-party' : 'one-person',
    people: peopleOf({ entries, login, rules, clock, others }),
    containsSecret: (text) => Object.keys(redactor.redact(text).findings),
    redactText: (text) => redactor.redact(text).text,
  })
}
