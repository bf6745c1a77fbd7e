import type { Principal } from '@sshmcp/kernel'
import { type Html, html, shown } from './html.ts'

const places = [
  ['/approvals', 'Approvals'],
  ['/activity', 'Activity'],
  ['/hosts', 'Hosts'],
] as const

interface Visitor {
  readonly principal: Principal
  readonly formToken: string
  readonly place: string
  readonly readsJournal: boolean
}

/** What stands around a page. */
export interface Frame {
  readonly title: string
  readonly assetVersion: string
  /** Left out before the sign-in. */
  readonly visitor?: Visitor | undefined
  /** Further elements of the head. */
  readonly head?: Html | undefined
}

/** A whole page. */
export function layout({ title, assetVersion, visitor, head }: Frame, main: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · sshmcp</title>
<link rel="stylesheet" href="/assets/pages.css?v=${assetVersion}">
<link rel="icon" type="image/svg+xml" href="/assets/icon.svg?v=${assetVersion}">
<script src="/assets/pages.js?v=${assetVersion}" defer></script>
${head}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<div class="wide">
<a class="brand" href="/approvals">sshmcp</a>
${visitor === undefined ? '' : navigation(visitor)}
</div>
</header>
<main id="main" class="wide" tabindex="-1">
${main}
</main>
<p id="announcer" class="unseen" role="status"></p>
</body>
</html>`
}

function navigation({ principal, formToken, place, readsJournal }: Visitor): Html {
  const open = places.filter(([path]) => path !== '/activity' || readsJournal)
  return html`<nav aria-label="Pages"><ul>
${open.map(([path, name]) => html`<li><a href="${path}" ${path === place ? html`aria-current="page"` : ''}>${name}</a></li>`)}
</ul></nav>
<form class="who" method="post" action="/sign-out">
<input type="hidden" name="form_token" value="${formToken}">
<span class="who-name">${shown(principal.displayName)} <span class="quiet">${[...principal.roles].join(', ')}</span></span>
<button class="plain" type="submit">Sign out</button>
</form>`
}
