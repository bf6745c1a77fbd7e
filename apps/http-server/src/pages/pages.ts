import type { Clock, Principal, Secret } from '@sshmcp/kernel'
import type { Runtime } from '@sshmcp/runtime'
import { Hono } from 'hono'

/** What the pages stand on. Host, Origin, size and time of a request have been looked at before it comes here. */
export interface PagesDeps {
  /** The one road: pages call tools on it with `via: 'page'`, and the credential of whoever is signed in. */
  readonly pipeline: Pick<Runtime['pipeline'], 'call'>
  /** Whose a token is at this moment; undefined when it is unknown, expired or revoked. */
  readonly authenticate: (token: Secret) => Promise<Principal | undefined>
  /** Where people reach the server; a form that comes from elsewhere is not ours. */
  readonly publicUrl: URL
  readonly clock: Clock
  readonly version: string
  /** A line for whoever runs the server. Never a secret. */
  readonly log: (line: string) => void
}

/** The pages where people decide and look things up, mounted at the root. */
export function createPages({ version }: PagesDeps): Hono {
  const pages = new Hono()
  pages.get('/', (context) => context.text(`sshmcp ${version}`))
  return pages
}
