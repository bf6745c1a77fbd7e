import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { systemClock, type UserId } from '@sshmcp/kernel'
import { createRuntime, followJournal, type Surroundings } from '@sshmcp/runtime'
import { boundTo, callersByProof, type HttpFlags, loadHttpConfig } from '@sshmcp/runtime/http'
import { createApp, type HttpApp } from './app.ts'
import { approvalUrlOf } from './approval-url.ts'
import { fileUrlOf } from './files/files-page.ts'
import { announce, closeServer, listening, serverOptions } from './listening.ts'
import { reloadOnHangup } from './reload.ts'

export interface RunHttpOptions {
  readonly surroundings: Surroundings
  readonly flags: HttpFlags
  readonly version: string
  /** One line for a person, on stderr. */
  readonly log: (line: string) => void
  /** One JSON document per request, on stdout. */
  readonly access: (line: string) => void
}

/** Running calls may finish for this long after the server was told to stop; then they are cancelled. */
const drainMs = 10_000
/** For background jobs to be ended on their hosts, which takes five seconds at most. */
const farewellMs = 6_000
const idleLookMs = 60_000

/** The whole life of the HTTP server. @throws CONFIG_INVALID, AUDIT_*, STORE_*: nothing was started */
export async function runHttp({ surroundings, flags, version, log, access }: RunHttpOptions): Promise<number> {
  const clock = systemClock
  const config = loadHttpConfig(surroundings, flags)
  for (const warning of config.warnings) log(warning)
  const { adapters, devToken } = callersByProof(config, flags, clock)
  // Where people reach it is known for certain once it listens: the port may be the system's choice.
  let reached = config
  let http: HttpApp | undefined
  const onRevoked = async (userId: UserId): Promise<void> => http?.endpoint.closeFor(userId)
  const runtime = await createRuntime(config, {
    adapters,
    version,
    log,
    onRevoked,
    fileUrl: (handle) => fileUrlOf(reached)(handle),
    approvalUrl: (requestId) => approvalUrlOf(reached)(requestId),
  })
  const { httpHost: hostname, httpPort: port } = config.settings
  const server = createServer(serverOptions).listen(port, hostname)
  try {
    await listening(server, { hostname, port })
  } catch (error) {
    await runtime.close(farewellMs)
    throw error
  }
  const address = server.address()
  if (address !== null && typeof address === 'object') reached = boundTo(config, address.port)
  const follow = (signal: AbortSignal) => followJournal(config.places, signal)
  const { app, endpoint, drain } = createApp({
    runtime,
    config: reached,
    version,
    clock,
    newId: randomUUID,
    follow,
    readConfig: () => loadHttpConfig(surroundings, flags),
    log,
    access,
  })
  http = { app, endpoint, drain }
  // In the same turn as the server began to listen: nobody can have come before.
  server.on('request', getRequestListener(app.fetch, { hostname, overrideGlobalObjects: false }))
  announce(address, devToken, log)
  reloadOnHangup({ read: () => loadHttpConfig(surroundings, flags), runtime, log })
  const idle = setInterval(() => endpoint.endIdle().catch((error) => log(String(error))), idleLookMs)
  await toldToStop()
  clearInterval(idle)
  // The address stays open meanwhile: whoever comes is told with a 503 to come back, and /readyz tells a proxy.
  await drain(drainMs)
  await closeServer(server)
  await runtime.close(farewellMs)
  return 0
}

/** Resolves at the first SIGTERM or SIGINT; further ones do not cut off the journal's last words. */
function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGTERM', resolve)
    process.on('SIGINT', resolve)
  })
}
