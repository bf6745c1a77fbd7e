import type { Complaint } from './complain.ts'

/** What the operating system refused to do with a file, in words for a person; undefined for an error of any other kind. */
export function systemComplaint(error: unknown): Complaint | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('path' in error)) return undefined
  return {
    code: 'STORE_UNAVAILABLE',
    message: `${error.message}.`,
    next: 'See that this account may read and write what is named, and that its disk is neither full nor read-only. Then try again.',
  }
}
