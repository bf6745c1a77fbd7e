import { isLoopback } from '@sshmcp/runtime/http'
import type { MiddlewareHandler } from 'hono'
import { refuse } from './refuse.ts'

/** The names under which, and the pages from which, the server may be reached. */
export interface Reach {
  /** Bound to this machine alone: then its loopback names count too. */
  readonly isLocal: boolean
  readonly publicUrl: URL
  /** Host names, with a port or without. */
  readonly allowedHosts: readonly string[]
  /** Origins. */
  readonly allowedOrigins: readonly string[]
}

/**
 * Refuses what a web page of somebody else sends: a Host that is not ours (a name that was rebound to us) and an Origin
 * that is not allowed, each for itself. Programs send no Origin.
 */
export function originGuard(reach: Reach): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host') ?? new URL(context.req.url).host
    if (!hasHost(reach, host)) {
      return refuse(context, { status: 403, code: 'HTTP_HOST_UNKNOWN', message: 'This Host is not served here.' })
    }
    const origin = context.req.header('origin')
    if (origin !== undefined && !hasOrigin(reach, origin, host)) {
      return refuse(context, { status: 403, code: 'HTTP_ORIGIN_UNKNOWN', message: 'This Origin is not allowed here.' })
    }
    await next()
    return undefined
  }
}

function hasHost({ isLocal, publicUrl, allowedHosts }: Reach, host: string): boolean {
  const name = host.toLowerCase().replace(/:\d{1,5}$/, '')
  if (isLocal && isLoopback(name)) return true
  return [publicUrl.hostname, ...allowedHosts].some((allowed) => {
    const wanted = allowed.toLowerCase()
    return wanted.includes(':') && !wanted.endsWith(']') ? wanted === host.toLowerCase() : wanted === name
  })
}

function hasOrigin({ isLocal, publicUrl, allowedOrigins }: Reach, origin: string, host: string): boolean {
  if (origin === publicUrl.origin || allowedOrigins.includes(origin)) return true
  return isLocal && isLoopback(host.replace(/:\d{1,5}$/, '')) && origin === `http://${host}`
}
