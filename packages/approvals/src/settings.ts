import { kernelErrors } from '@sshmcp/kernel'
import { type ApprovalMode, approvalModes } from './access.ts'
import type { ApprovalPolicy } from './desk.ts'

/**
 * Refuses a mode or a bound that is none. A mode that is merely misspelt would otherwise count as the looser one, and a bound that is
 * no number as no bound.
 *
 * @throws CONFIG_INVALID
 */
export function requireSettings({
  mode,
  policy,
}: {
  readonly mode: ApprovalMode
  readonly policy: ApprovalPolicy
}): void {
  if (!approvalModes.includes(mode)) throw invalid('mode', approvalModes.join(' or '))
  const { ttlSeconds, maxPendingPerIdentity } = policy
  if (!(Number.isFinite(ttlSeconds) && ttlSeconds > 0))
    throw invalid('policy.ttlSeconds', 'a number of seconds above 0')
  if (!(Number.isSafeInteger(maxPendingPerIdentity) && maxPendingPerIdentity > 0))
    throw invalid('policy.maxPendingPerIdentity', 'a whole number from 1')
}

function invalid(field: string, wanted: string) {
  return kernelErrors.error('CONFIG_INVALID', {
    message: `${field} of the approvals has to be ${wanted}.`,
    next: `Correct ${field} where the approvals are made.`,
    field,
  })
}
