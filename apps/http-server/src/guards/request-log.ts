import { type Clock, rfc3339 } from '@sshmcp/kernel'
import type { MiddlewareHandler } from 'hono'
import { type AppEnv, clientAddress } from './client-address.ts'

export interface RequestLogDeps {
  readonly clock: Clock
  readonly newRequestId: () => string
  readonly trustedProxyHops: number
  /** One JSON document per request. */
  readonly access: (line: string) => void
}

/** Gives each request an id and writes one line about it: no header, no query, no body, no handle. */
export function requestLog({
  clock,
  newRequestId,
  trustedProxyHops,
  access,
}: RequestLogDeps): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const start = clock.monotonic()
    const requestId = newRequestId()
    context.set('requestId', requestId)
    await next()
    context.header('x-request-id', requestId)
    access(
      JSON.stringify({
        time: rfc3339(clock.now()),
        request_id: requestId,
        method: context.req.method,
        path: context.req.path.split('/').slice(0, 2).join('/').slice(0, 80),
        status: context.res.status,
        ms: Math.round(clock.monotonic() - start),
        address: clientAddress(context, trustedProxyHops),
        user_id: context.get('userId'),
      }),
    )
  }
}
