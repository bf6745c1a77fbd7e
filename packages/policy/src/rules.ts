import type { Host } from '@sshmcp/kernel'
import type { Policy } from './policy-config.ts'
import type { Template } from './template.ts'

/** Everything a decision needs. */
export interface Rules {
  readonly hosts: readonly Host[]
  readonly templates: readonly Template[]
  readonly policy: Policy
  /** Only what reads: tools of low risk, and templates of low risk. */
  readonly readOnly: boolean
}
