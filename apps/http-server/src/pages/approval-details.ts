import type { Problem } from './problem.ts'

/** One value of a request as `show_approval` tells it: complete and escaped already. */
export interface ShownValue {
  readonly label: string
  readonly text: string
  readonly remarks: readonly string[]
}

/** A request as the person who decides has to see it. */
export interface ApprovalDetails {
  readonly request_id: string
  readonly action: string
  readonly host_id: string
  readonly requester_id: string
  readonly mode: string
  readonly status: string
  readonly expires_at: string
  readonly typed_word: string
  readonly operation: readonly ShownValue[]
  readonly circumstances: readonly ShownValue[]
  readonly words: readonly ShownValue[]
}

/** What the page knows besides the request. */
export interface ApprovalVisit {
  readonly userId: string
  readonly formToken: string
  readonly readsJournal: boolean
  /** What went wrong with the form that was just sent. */
  readonly problem?: { readonly at: 'approve' | 'deny'; readonly what: Problem } | undefined
}
