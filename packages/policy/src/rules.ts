import type { Host } from '@sshmcp/kernel'
import type { Policy, TransferPolicy } from './policy-config.ts'
import type { Template } from './template.ts'

/** Everything a decision needs. */
export interface Rules {
  /** A host may narrow what the policy says about files. */
  readonly hosts: readonly (Host & { readonly transfer?: Partial<TransferPolicy> })[]
  readonly templates: readonly Template[]
  readonly policy: Policy
  /** Only what reads: tools of low risk, and templates of low risk. */
  readonly readOnly: boolean
}
