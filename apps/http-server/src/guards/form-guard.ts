import type { Clock } from '@sshmcp/kernel'
import type { Hono } from 'hono'
import { type AppEnv, clientAddress } from './client-address.ts'
import { Rate } from './rate.ts'

export interface FormGuardDeps {
  readonly clock: Clock
  readonly trustedProxyHops: number
}

/** A token, a typed word, a reason: more than this is no form of ours. */
const formBytes = 32_768
const refusalsPerMinute = 20

/** Stands before the forms of the pages: their size, and how often somebody may be refused in a minute. */
export function formGuard(app: Hono<AppEnv>, { clock, trustedProxyHops }: FormGuardDeps): void {
  const refusals = new Rate(refusalsPerMinute, clock)
  for (const path of ['/sign-in', '/sign-out', '/approvals/*']) {
    app.post(path, async (context, next) => {
      // Browsers tell the length of a form; a body that only ends when it ends is none.
      if (context.req.header('transfer-encoding') !== undefined) return context.text('Say how long the form is.', 411)
      if (Number(context.req.header('content-length') ?? 0) > formBytes) {
        return context.text('That form is too big.', 413)
      }
      const address = clientAddress(context, trustedProxyHops)
      const wait = refusals.waitFor(address)
      if (wait > 0) {
        return context.text('Too many forms were refused. Wait a minute.', 429, { 'retry-after': String(wait) })
      }
      await next()
      const { status } = context.res
      if (status >= 400 && status < 500) refusals.count(address)
      return undefined
    })
  }
}
