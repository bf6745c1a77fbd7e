import { kernelErrors, nearest, type SshMcpError } from '@sshmcp/kernel'
import type * as z from 'zod'

/** Turns zod's issues into one coded error that names the field, what was wrong and the nearest valid name. */
export function inputError(error: z.ZodError, input: z.ZodObject): SshMcpError {
  const [issue] = error.issues
  const message = error.issues.slice(0, 5).map(describe).join(' ')
  const unknown = issue?.code === 'unrecognized_keys' ? shortName(issue.keys[0]) : undefined
  const field = unknown ?? (issue === undefined ? undefined : pathOf(issue))
  const candidates = unknown === undefined ? [] : nearest(unknown, Object.keys(input.shape))
  return kernelErrors.error('INPUT_INVALID', {
    message: message === '' ? 'The input is not valid.' : message,
    ...(field === undefined || field === '' ? {} : { field }),
    ...(candidates.length === 0
      ? {}
      : { candidates, next: `Did you mean ${candidates.join(' or ')}? Correct it and call again.` }),
  })
}

/** What a caller sends is as long as they like; an answer, and its entry in the journal, is not. */
const mostNames = 5
const longestName = 128

/** The keys of a record are the caller's own. */
function pathOf({ path }: z.core.$ZodIssue): string {
  return path.map((step) => shortName(String(step)) ?? '…').join('.')
}

function shortName(key: string | undefined): string | undefined {
  return key !== undefined && key.length > longestName ? undefined : key
}

function named(key: string): string {
  // Half of a token is no longer recognised as one, so that what is too long for a name is not shown at all.
  return key.length > longestName ? `of ${key.length} characters` : JSON.stringify(key)
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const at = issue.path.length === 0 ? '' : ` in ${pathOf(issue)}`
    const [more, shown] = [issue.keys.length - mostNames, issue.keys.slice(0, mostNames).map(named)]
    return `Unknown field ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}${at}.`
  }
  const where = issue.path.length === 0 ? 'The input' : pathOf(issue)
  return `${where}: ${issue.message}.`
}
