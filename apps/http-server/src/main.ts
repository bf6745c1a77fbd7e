#!/usr/bin/env node
import { once } from 'node:events'
import { homedir, userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { isSshMcpError, type Principal, type Secret, systemClock } from '@sshmcp/kernel'
import { followJournal, openRuntime, type Runtime } from '@sshmcp/runtime'
import manifest from '../package.json' with { type: 'json' }
import { createApp } from './app.ts'

function log(line: string): void {
  process.stderr.write(`sshmcp: ${line}\n`)
}

async function ownerOf(runtime: Runtime, token: Secret): Promise<Principal | undefined> {
  try {
    return await runtime.authenticate({ kind: 'bearer', token })
  } catch (error) {
    if (isSshMcpError(error) && error.code.startsWith('IDENTITY_')) return undefined
    throw error
  }
}

async function main(): Promise<number> {
  const { version } = manifest
  const { values } = parseArgs({ options: { 'config-dir': { type: 'string' } } })
  const configDir = values['config-dir']
  const surroundings = {
    env: process.env,
    cwd: process.cwd(),
    homeDir: homedir(),
    login: userInfo().username,
    ...(configDir === undefined ? {} : { configDir }),
  }
  const runtime = await openRuntime(surroundings, { version, log })
  const { httpHost: hostname, httpPort: port } = runtime.config.settings
  const app = createApp({
    pipeline: runtime.pipeline,
    authenticate: (token) => ownerOf(runtime, token),
    publicUrl: new URL(`http://${hostname}:${port}`),
    follow: (signal) => followJournal(runtime.config.places, signal),
    clock: systemClock,
    version,
    log,
  })
  const server = serve({ fetch: app.fetch, hostname, port })
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  server.close()
  await runtime.close()
  return 0
}

try {
  process.exit(await main())
} catch (error) {
  log(isSshMcpError(error) ? `${error.message} ${error.next}` : String(error))
  process.exit(isSshMcpError(error) ? 2 : 1)
}
