import { type Clock, kernelErrors } from '@sshmcp/kernel'
import { type HttpConfig, isLoopback } from '@sshmcp/runtime/http'
import type { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { AppEnv } from './client-address.ts'
import { originGuard } from './origin-guard.ts'
import { requestLog } from './request-log.ts'

export interface GuardDeps {
  readonly config: Pick<HttpConfig, 'http' | 'settings'>
  readonly clock: Clock
  readonly newId: () => string
  readonly log: (line: string) => void
  readonly access: (line: string) => void
}

/** What stands before everything else: a request id and a log line, security headers, Host and Origin. */
export function guard(app: Hono<AppEnv>, { config, clock, newId, log, access }: GuardDeps): void {
  const { http, settings } = config
  const publicUrl = new URL(http.publicUrl)
  app.onError((error, context) => {
    log(`${context.get('requestId')}: ${error.stack ?? error.message}`)
    const { code, message } = kernelErrors.error('INTERNAL', { message: 'Something failed inside the server.' })
    const next = 'Report it with the request_id; the details are in the server log.'
    return context.json({ error: { code, message, next }, request_id: context.get('requestId') }, 500)
  })
  app.use(
    requestLog({ clock, newRequestId: newId, trustedProxyHops: http.trustedProxyHops, access }),
    secureHeaders({
      contentSecurityPolicy,
      crossOriginEmbedderPolicy: false,
      // Not `no-referrer`: with it browsers send `Origin: null` with our own forms, which is refused.
      referrerPolicy: 'same-origin',
      xFrameOptions: 'DENY',
      strictTransportSecurity: publicUrl.protocol === 'https:' ? 'max-age=31536000' : false,
    }),
    originGuard({ ...http, publicUrl, isLocal: isLoopback(settings.httpHost) }),
  )
}

const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
}
