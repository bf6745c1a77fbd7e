import { createHash } from 'node:crypto'
import { randomIds } from '@sshmcp/kernel'
import { Hono } from 'hono'
import { addActivity } from './activity.ts'
import { addApprovals } from './approvals.ts'
import { icon } from './assets/icon.ts'
import { script } from './assets/script.ts'
import { stylesheet } from './assets/stylesheet.ts'
import { addEvents } from './events.ts'
import { signedIn } from './gate.ts'
import { addHosts } from './hosts.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import type { PageDesk, PagesDeps, SignedIn } from './page-desk.ts'
import { withPageHeaders } from './page-headers.ts'
import { createPageNews } from './page-news.ts'
import { createPageSessions } from './page-sessions.ts'
import { addSignIn } from './sign-in.ts'

export type { PagesDeps } from './page-desk.ts'

const behindSignIn = ['/approvals/*', '/activity', '/hosts']
const assets = [
  ['/assets/pages.css', 'text/css; charset=utf-8', stylesheet],
  ['/assets/pages.js', 'text/javascript; charset=utf-8', script],
  ['/assets/icon.svg', 'image/svg+xml', icon],
] as const

/** The pages where people decide and look things up, mounted at the root. */
export function createPages(deps: PagesDeps): Hono {
  const desk: PageDesk = {
    ...deps,
    sessions: createPageSessions(deps.clock, deps.ids ?? randomIds),
    news: createPageNews(deps),
    assetVersion: versionOf(assets.map(([, , content]) => content)),
  }
  const open = new Hono()
  for (const path of ['/', '/sign-in', '/sign-out', '/assets/*', ...behindSignIn]) open.use(path, withPageHeaders)
  open.get('/', (context) => context.redirect('/approvals', 302))
  for (const [path, type, content] of assets) {
    open.get(path, (context) => {
      context.header('Cache-Control', 'public, max-age=31536000, immutable')
      return context.body(content, 200, { 'Content-Type': type })
    })
  }
  addSignIn(open, desk)
  const inside = new Hono<SignedIn>()
  for (const path of behindSignIn) inside.use(path, signedIn(desk))
  // Before the approvals: `events` is no request's id.
  addEvents(inside, desk)
  addApprovals(inside, desk)
  addActivity(inside, desk)
  addHosts(inside, desk)
  open.route('/', inside)
  open.get('*', withPageHeaders, async (context, next) => {
    if (!context.req.header('accept')?.includes('text/html')) return next()
    return context.html(nowhere(desk.assetVersion), 404)
  })
  return open
}

function nowhere(assetVersion: string): Html {
  const main = html`<h1>Not here</h1><p>There is no page at this address.</p><p><a href="/approvals">Go to the approvals</a></p>`
  return layout({ title: 'Not here', assetVersion }, main)
}

function versionOf(contents: readonly string[]): string {
  return createHash('sha256').update(contents.join('\n')).digest('hex').slice(0, 12)
}
