import type { MiddlewareHandler } from 'hono'
import { html } from './html.ts'
import { layout } from './layout.ts'
import { localPath } from './local-path.ts'
import { clearSessionCookie, readSessionCookie } from './page-cookie.ts'
import type { PageDesk, SignedIn } from './page-desk.ts'

/**
 * Lets through who is signed in and is still somebody: the token is looked up for every request, so that a revoked
 * identity is out at once.
 */
export function signedIn(desk: PageDesk): MiddlewareHandler<SignedIn> {
  const { sessions, authenticate, publicUrl, assetVersion } = desk
  return async (context, next) => {
    const id = readSessionCookie(context, publicUrl)
    const here = localPath(context.req.path + new URL(context.req.url).search)
    if (id === undefined && context.req.method === 'GET' && context.req.header('sec-fetch-site') === 'cross-site') {
      // A link from a chat: a strict cookie comes only with what starts here. One hop, and it does.
      const head = html`<meta http-equiv="refresh" content="0;url=${here}">`
      return context.html(layout({ title: 'One moment', assetVersion, head }, html`<p><a href="${here}">Go on</a></p>`))
    }
    const session = id === undefined ? undefined : sessions.find(id)
    const principal = session === undefined ? undefined : await authenticate(session.token)
    if (session === undefined || principal === undefined) {
      if (id !== undefined) {
        sessions.end(id)
        clearSessionCookie(context, publicUrl)
      }
      return context.redirect(`/sign-in?next=${encodeURIComponent(here)}${id === undefined ? '' : '&ended=1'}`, 303)
    }
    context.set('session', session)
    context.set('principal', principal)
    context.set('readsJournal', desk.mayReadJournal(principal))
    // For the line about this request.
    context.set('userId', principal.userId)
    return next()
  }
}
