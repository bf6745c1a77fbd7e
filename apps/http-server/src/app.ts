import { type Clock, isSshMcpError, type Principal, type Secret } from '@sshmcp/kernel'
import { createMcpEndpoint, faultLine, type McpEndpoint, type McpEndpointDeps } from '@sshmcp/mcp/http'
import type { Runtime } from '@sshmcp/runtime'
import type { HttpConfig } from '@sshmcp/runtime/http'
import { Hono } from 'hono'
import { filesPage } from './files/files-page.ts'
import { type BearerDeps, countedCallerOf } from './guards/bearer.ts'
import type { AppEnv } from './guards/client-address.ts'
import { formGuard } from './guards/form-guard.ts'
import { guard } from './guards/guard.ts'
import { OpenAnswers } from './guards/open-answers.ts'
import { Rate } from './guards/rate.ts'
import { stopGate } from './guards/stop-gate.ts'
import { health } from './health.ts'
import { createMetrics } from './metrics/metrics.ts'
import { metricsPage } from './metrics/metrics-page.ts'
import { createPages } from './pages/pages.ts'
import { metadataPath, resourceMetadata } from './resource-metadata.ts'

type Services = Runtime['pipeline'] extends McpEndpointDeps<infer S>['pipeline'] ? S : never

/** What the app stands on; everything outside comes in here, so that it is tested whole on fakes. */
export interface AppDeps {
  readonly runtime: Pick<Runtime, 'pipeline' | 'authenticate' | 'mayReadJournal' | 'isHealthy' | 'load' | 'files'>
  readonly config: HttpConfig
  readonly version: string
  readonly clock: Clock
  /** A name that nobody can guess. */
  readonly newId: () => string
  /** Entries of the journal as they are written, for pages that are open. */
  readonly follow: Parameters<typeof createPages>[0]['follow']
  /** Reads the configuration on disk again, to tell whether it would be taken. @throws CONFIG_INVALID */
  readonly readConfig?: () => unknown
  /** A line for whoever runs the server. Never a secret. */
  readonly log: (line: string) => void
  /** One JSON document per request. */
  readonly access: (line: string) => void
  readonly limits?: Partial<Limits>
  /** Adds to each MCP session's server. Tests bring their fixtures this way. */
  readonly extend?: McpEndpointDeps<Services>['extend']
}

interface Limits {
  readonly bodyBytes: number
  readonly requestsPerMinute: number
  readonly refusalsPerMinute: number
  readonly sessionsPerIdentity: number
}

const defaults: Limits = {
  bodyBytes: 1_048_576,
  requestsPerMinute: 1200,
  refusalsPerMinute: 60,
  sessionsPerIdentity: 64,
}

/** Calls that were cancelled at the end of the patience: time for their replies to get to the clients. */
const deliveryMs = 1_000

/** The app, and what its owner has to do with it. */
export interface HttpApp {
  readonly app: Hono<AppEnv>
  readonly endpoint: Pick<McpEndpoint, 'closeFor' | 'endIdle' | 'sessions'>
  /**
   * From now on answers 503 to anything new. Lets what runs finish for so long and cancels the rest; resolves when outcomes are
   * written, replies are at their clients and all sessions are over. The sockets stay the owner's part.
   */
  drain(patienceMs: number): Promise<void>
}

/** Everything the server answers, without a socket. */
export function createApp(deps: AppDeps): HttpApp {
  const { runtime, config, clock, log } = deps
  const limits = { ...defaults, ...deps.limits }
  const { http } = config
  const publicUrl = new URL(http.publicUrl)
  const metrics = createMetrics({ clock, load: runtime.load, mcpSessions: () => endpoint.sessions })
  const pipeline = metrics.measured(runtime.pipeline)
  const endpoint = endpointOf({ ...deps, runtime: { ...runtime, pipeline } }, limits)
  const bearer: BearerDeps = {
    authenticate: runtime.authenticate,
    refusals: new Rate(limits.refusalsPerMinute, clock),
    trustedProxyHops: http.trustedProxyHops,
    metadataUrl: http.jwt === undefined ? undefined : `${publicUrl.origin}${metadataPath}/mcp`,
    requiredScopes: http.jwt?.requiredScopes ?? [],
  }
  const requests = new Rate(limits.requestsPerMinute, clock)
  const stopping = new AbortController()
  const answers = new OpenAnswers()

  const app = new Hono<AppEnv>()
  guard(app, deps)
  app.route('/', health({ runtime, stopping: stopping.signal, readConfig: deps.readConfig, clock, log }))
  app.use(stopGate(stopping.signal), answers.counted)
  if (http.jwt !== undefined) app.route('/', resourceMetadata(http.jwt))
  app.all('/mcp', async (context) => {
    const caller = await countedCallerOf(context, bearer, requests)
    return caller instanceof Response ? caller : endpoint.handle(context.req.raw, caller)
  })
  app.route('/', filesPage({ files: runtime.files, bearer, requests }))
  app.route('/', metricsPage({ metrics, bearer, log }))
  formGuard(app, { clock, trustedProxyHops: http.trustedProxyHops })
  const pages = createPages({
    pipeline,
    authenticate: (token) => ownerOf(runtime, token),
    mayReadJournal: runtime.mayReadJournal,
    publicUrl,
    follow: deps.follow,
    stopping: stopping.signal,
    clock,
    version: deps.version,
    log,
  })
  app.route('/', pages)
  return {
    app,
    endpoint,
    async drain(patienceMs) {
      const end = clock.monotonic() + patienceMs
      stopping.abort()
      await answers.settled(patienceMs)
      // A call goes on when its client is gone, so that it may run longer than its answer was waited for.
      await endpoint.settle(Math.max(0, end - clock.monotonic()))
      await answers.settled(deliveryMs)
      await endpoint.close()
    },
  }
}

function endpointOf({ runtime, config, version, clock, newId, log, extend }: AppDeps, limits: Limits): McpEndpoint {
  return createMcpEndpoint<Services>({
    pipeline: runtime.pipeline,
    name: config.settings.serverName,
    version,
    clock,
    newSessionId: newId,
    maxBodyBytes: limits.bodyBytes,
    limits: { perIdentity: limits.sessionsPerIdentity },
    onError: (error) => log(faultLine(error)),
    ...(extend === undefined ? {} : { extend }),
  })
}

async function ownerOf({ authenticate }: Pick<Runtime, 'authenticate'>, token: Secret): Promise<Principal | undefined> {
  try {
    return await authenticate({ kind: 'bearer', token })
  } catch (error) {
    if (isSshMcpError(error) && error.code.startsWith('IDENTITY_')) return undefined
    throw error
  }
}
