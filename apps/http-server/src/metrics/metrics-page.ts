import { isSshMcpError } from '@sshmcp/kernel'
import { Hono } from 'hono'
import { type BearerDeps, callerOf } from '../guards/bearer.ts'
import type { AppEnv } from '../guards/client-address.ts'
import { refuse } from '../guards/refuse.ts'
import type { Metrics } from './metrics.ts'

export interface MetricsPageDeps {
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>
  readonly bearer: BearerDeps
  readonly log: (line: string) => void
}

/**
 * `GET /metrics`, for the token of an auditor or an admin. An address is no proof: behind a proxy on the same machine every
 * request comes from loopback.
 */
export function metricsPage({ metrics, bearer, log }: MetricsPageDeps): Hono<AppEnv> {
  const page = new Hono<AppEnv>()
  page.get('/metrics', async (context) => {
    const caller = await callerOf(context, bearer)
    if (caller instanceof Response) return caller
    const { roles } = caller.principal
    if (!roles.has('auditor') && !roles.has('admin')) {
      const message = 'The numbers are for the roles auditor and admin.'
      return refuse(context, { status: 403, code: 'HTTP_ROLE_MISSING', message })
    }
    try {
      return context.body(await metrics.text(), 200, {
        'content-type': metrics.contentType,
        'cache-control': 'no-store',
      })
    } catch (error) {
      if (!isSshMcpError(error)) throw error
      const { code, message, next } = error
      log(`/metrics: ${message} ${next}`)
      return context.json({ error: { code, message, next } }, 503, { 'retry-after': '10' })
    }
  })
  return page
}
