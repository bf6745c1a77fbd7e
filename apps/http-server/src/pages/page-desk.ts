import type { Clock, IdSource, Principal, Secret } from '@sshmcp/kernel'
import type { Reply, Runtime } from '@sshmcp/runtime'
import type { Context } from 'hono'
import type { PageNews } from './page-news.ts'
import type { PageSession, PageSessions } from './page-sessions.ts'

/** What the pages stand on. Host, Origin, size and time of a request have been looked at before it comes here. */
export interface PagesDeps {
  /** The one road: pages call tools on it with `via: 'page'`, and the credential of whoever is signed in. */
  readonly pipeline: Pick<Runtime['pipeline'], 'call'>
  /** Whose a token is at this moment; undefined when it is unknown, expired or revoked. */
  readonly authenticate: (token: Secret) => Promise<Principal | undefined>
  /** Whether somebody is led to the activity; who may open it is decided anew when they come. */
  readonly mayReadJournal: (principal: Principal) => boolean
  /** Where people reach the server; a form that comes from elsewhere is not ours. */
  readonly publicUrl: URL
  /** Entries of the journal as they are added, by whatever process: what is shown follows them. */
  readonly follow: (signal: AbortSignal) => AsyncIterable<{ readonly kind: string }>
  readonly clock: Clock
  /** The platform's random source when left out. */
  readonly ids?: IdSource | undefined
  /** Fires when the server stops: streams end, so that nothing waits for them. */
  readonly stopping?: AbortSignal | undefined
  readonly version: string
  /** A line for whoever runs the server. Never a secret. */
  readonly log: (line: string) => void
}

/** What the routes of all pages share. */
export interface PageDesk extends PagesDeps {
  readonly sessions: PageSessions
  readonly news: PageNews
  /** Changes with style, script and icon, so that browsers may keep them for good. */
  readonly assetVersion: string
}

/** What a route behind the sign-in knows of its request. */
export interface SignedIn {
  readonly Variables: {
    readonly session: PageSession
    readonly principal: Principal
    readonly userId: string
    readonly readsJournal: boolean
  }
}

export type PageContext = Context<SignedIn>

/** One call on the road, as the person who is signed in. */
export function callAs(
  { pipeline, version }: PageDesk,
  context: PageContext,
  tool: string,
  args: Readonly<Record<string, unknown>>,
): Promise<Reply> {
  return pipeline.call({
    tool,
    args,
    credential: { kind: 'bearer', token: context.get('session').token },
    client: { name: 'sshmcp-http pages', version },
    signal: context.req.raw.signal,
    via: 'page',
  })
}
