import { Secret } from '@sshmcp/kernel'
import type { Context, Hono } from 'hono'
import { readForm } from './form.ts'
import { type Html, html } from './html.ts'
import { layout } from './layout.ts'
import { localPath } from './local-path.ts'
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from './page-cookie.ts'
import type { PageDesk } from './page-desk.ts'

const wrongToken = 'That token belongs to nobody here: it was never issued, has expired, or was revoked.'
const wrongForm = 'That form was not sent from this page. Fill it in here.'

/** Signing in with a token of `identities.json` (or of the issuer), and out again. */
export function addSignIn(pages: Hono, desk: PageDesk): void {
  const { sessions, publicUrl } = desk
  pages.get('/sign-in', (context) => {
    const said = context.req.query('ended') === undefined ? undefined : 'You were signed out: sign in again.'
    return signInPage(desk, context, { next: localPath(context.req.query('next')), said })
  })
  pages.post('/sign-in', async (context) => {
    const form = await readForm(context, publicUrl)
    if (form === undefined) return signInPage(desk, context, { next: '/approvals', problem: wrongForm, status: 403 })
    const next = localPath(form.next)
    const token = new Secret((form.token ?? '').trim())
    if (!(await isAccepted(desk, context, token))) {
      return signInPage(desk, context, { next, problem: wrongToken, status: 403 })
    }
    // Never the id that came with the request: nobody can be made to use a session that somebody else knows.
    sessions.end(readSessionCookie(context, publicUrl) ?? '')
    writeSessionCookie(context, publicUrl, sessions.open(token).id)
    return context.redirect(next, 303)
  })
  pages.post('/sign-out', async (context) => {
    const session = sessions.find(readSessionCookie(context, publicUrl) ?? '')
    if (session !== undefined && (await readForm(context, publicUrl, session.formToken)) === undefined) {
      return context.redirect('/approvals', 303)
    }
    if (session !== undefined) sessions.end(session.id)
    clearSessionCookie(context, publicUrl)
    return context.redirect('/sign-in', 303)
  })
}

/** A first call on the road: whoever is refused stands in the journal, and whoever comes in. */
async function isAccepted({ pipeline, version }: PageDesk, context: Context, token: Secret): Promise<boolean> {
  const reply = await pipeline.call({
    tool: 'show_hosts',
    args: {},
    credential: { kind: 'bearer', token },
    client: { name: 'sshmcp-http sign-in', version },
    signal: context.req.raw.signal,
    via: 'page',
  })
  return !reply.isError || !reply.error.code.startsWith('IDENTITY_')
}

interface SignInView {
  readonly next: string
  readonly problem?: string
  readonly said?: string | undefined
  readonly status?: 403
}

function signInPage({ assetVersion }: PageDesk, context: Context, view: SignInView): Response | Promise<Response> {
  return context.html(layout({ title: 'Sign in', assetVersion }, signInForm(view)), view.status ?? 200)
}

function signInForm({ next, problem, said }: SignInView): Html {
  const isWrong = problem !== undefined
  return html`<div class="narrow">
<h1>Sign in</h1>
<p>Here people decide what assistants may do on your hosts, and look up what was done.</p>
${said === undefined ? '' : html`<p class="note" role="status">${said}</p>`}
${isWrong ? html`<p class="note bad" role="alert" id="problem">${problem}</p>` : ''}
<form method="post" action="/sign-in" class="stack">
<input type="hidden" name="next" value="${next}">
<label for="token">Your token</label>
<input id="token" name="token" type="password" required autocomplete="current-password" spellcheck="false"
 autocapitalize="off" aria-describedby="token-help${isWrong ? ' problem' : ''}" ${isWrong ? html`aria-invalid="true"` : ''} autofocus>
<p id="token-help" class="quiet">It was printed when your identity was made: <code>sshmcp identities add NAME --roles …</code>
on the machine of the server makes one, and with <code class="whole">--rotate</code> a new one.</p>
<div class="actions"><button type="submit">Sign in</button></div>
</form>
</div>`
}
