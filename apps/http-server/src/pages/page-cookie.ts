import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { sessionSeconds } from './page-sessions.ts'

const name = 'sshmcp_session'

/** `__Host-` where the pages are reached by https: no other host of the domain can set it. */
function prefixOf(publicUrl: URL): 'host' | undefined {
  return publicUrl.protocol === 'https:' ? 'host' : undefined
}

/** The cookie that holds the id of a session and nothing else. */
export function writeSessionCookie(context: Context, publicUrl: URL, id: string): void {
  const prefix = prefixOf(publicUrl)
  setCookie(context, name, id, {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: prefix !== undefined,
    maxAge: sessionSeconds,
    ...(prefix === undefined ? {} : { prefix }),
  })
}

export function readSessionCookie(context: Context, publicUrl: URL): string | undefined {
  const prefix = prefixOf(publicUrl)
  return prefix === undefined ? getCookie(context, name) : getCookie(context, name, prefix)
}

export function clearSessionCookie(context: Context, publicUrl: URL): void {
  const prefix = prefixOf(publicUrl)
  deleteCookie(context, name, {
    path: '/',
    secure: prefix !== undefined,
    ...(prefix === undefined ? {} : { prefix }),
  })
}
