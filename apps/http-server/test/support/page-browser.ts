import { serve } from '@hono/node-server'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { freePort } from '../../../../test/support/daemon-process.ts'
import { programPath } from '../../../../test/support/require-real.ts'
import type { TestSshd } from '../../../../test/support/sshd.ts'
import { type PageBench, type PageBenchOptions, pageBench, tokens } from './page-bench.ts'

/** Chromium as it runs in a container, without a word to anybody outside. */
const flags = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function startBrowser(): Promise<Browser> {
  const executablePath = programPath('chromium')
  if (executablePath === undefined) throw new Error('chromium is not installed')
  return chromium.launch({ executablePath, args: flags })
}

export interface ServedPages extends PageBench {
  readonly url: string
}

/** The pages on a port of loopback, in front of a real sshd. */
export async function servedPages(sshd: TestSshd, options: PageBenchOptions = {}): Promise<ServedPages> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const host = { hostname: '127.0.0.1', port: sshd.port, ssh_user: sshd.user, identity_file: sshd.identityFile }
  const bench = await pageBench({
    publicUrl: url,
    isReal: true,
    hosts: [
      {
        ...host,
        host_id: 'web-1',
        labels: { env: 'production', role: 'web' },
        description: 'Shop front, first of two',
      },
      { ...host, host_id: 'db-1', labels: { env: 'production', role: 'database' }, description: 'Orders' },
    ],
    ...options,
    env: { SSH_MCP_SSH_KNOWN_HOSTS_FILE: sshd.knownHostsFile, ...options.env },
  })
  const server = serve({ fetch: bench.pages.fetch, hostname: '127.0.0.1', port })
  return {
    ...bench,
    url,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve)
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
      await bench.close()
    },
  }
}

export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
}

/** Somebody at a browser of their own, signed in by the form. */
export async function visit(
  browser: Browser,
  url: string,
  person: keyof typeof tokens,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ baseURL: url, ...options })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByLabel('Your token').fill(tokens[person])
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/approvals')
  return { context, page }
}
