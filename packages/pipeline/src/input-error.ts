import { kernelErrors, nearest, type SshMcpError } from '@sshmcp/kernel'
import type * as z from 'zod'

/** Turns zod's issues into one coded error that names the field, what was wrong and the nearest valid name. */
export function inputError(error: z.ZodError, input: z.ZodObject): SshMcpError {
  const [issue] = error.issues
  const message = error.issues.slice(0, 5).map(describe).join(' ')
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const field = unknown ?? issue?.path.join('.')
  const candidates = unknown === undefined ? [] : nearest(unknown, Object.keys(input.shape))
  return kernelErrors.error('INPUT_INVALID', {
    message: message === '' ? 'The input is not valid.' : message,
    ...(field === undefined || field === '' ? {} : { field }),
    ...(candidates.length === 0
      ? {}
      : { candidates, next: `Did you mean ${candidates.join(' or ')}? Correct it and call again.` }),
  })
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    const at = issue.path.length === 0 ? '' : ` in ${issue.path.join('.')}`
    return `Unknown field ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}${at}.`
  }
  const where = issue.path.length === 0 ? 'The input' : issue.path.join('.')
  return `${where}: ${issue.message}.`
}
