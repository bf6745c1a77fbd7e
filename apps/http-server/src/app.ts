import { Hono } from 'hono'
import { createPages, type PagesDeps } from './pages/pages.ts'

/** What the app stands on; everything outside comes in here, so that it is tested whole on fakes. */
export type AppDeps = PagesDeps

/** Everything the server answers, without a socket. */
export function createApp(deps: AppDeps): Hono {
  const app = new Hono()
  app.route('/', createPages(deps))
  return app
}
