import { type Clock, isSshMcpError, Secret } from '@sshmcp/kernel'
import type { Runtime } from '@sshmcp/runtime'
import { Hono } from 'hono'
import type { AppEnv } from './guards/client-address.ts'

export interface HealthDeps {
  readonly runtime: Pick<Runtime, 'isHealthy' | 'authenticate'>
  readonly stopping: AbortSignal
  /** @throws CONFIG_INVALID and other coded errors when a restart or reload would refuse what is on disk */
  readonly readConfig: (() => unknown) | undefined
  readonly clock: Clock
  readonly log: (line: string) => void
}

/** Whoever asks without a token must not make us read files as fast as they can ask. */
const lookEveryMs = 5_000

/**
 * `/healthz`: the process answers. `/readyz`: it takes calls. Files that a reload would refuse are told of and are no reason to
 * send callers away: what was read before still serves.
 */
export function health({ runtime, stopping, readConfig, clock, log }: HealthDeps): Hono<AppEnv> {
  const filesOnDiskValid = lookingAgain(readConfig ?? (() => undefined), clock, log)
  const routes = new Hono<AppEnv>()
  routes.get('/healthz', (context) => context.json({ status: 'ok' }))
  routes.get('/readyz', async (context) => {
    const journal_writable = runtime.isHealthy()
    const identities_readable = await canTellWho(runtime)
    const isReady = journal_writable && identities_readable && !stopping.aborted
    const status = stopping.aborted ? 'stopping' : isReady ? 'ready' : 'not ready'
    const said = { status, journal_writable, identities_readable, files_on_disk_valid: filesOnDiskValid() }
    return context.json(said, isReady ? 200 : 503)
  })
  return routes
}

/** A token of nobody is refused as such, unless it cannot be told whose a token is. */
async function canTellWho({ authenticate }: HealthDeps['runtime']): Promise<boolean> {
  try {
    await authenticate({ kind: 'bearer', token: new Secret('of nobody') })
    return true
  } catch (error) {
    if (!isSshMcpError(error)) throw error
    return error.code.startsWith('IDENTITY_')
  }
}

/** Whether the files can be read, as of the last look; says once what is wrong with them. */
function lookingAgain(read: () => unknown, clock: Clock, log: (line: string) => void): () => boolean {
  let lookedAt = Number.NEGATIVE_INFINITY
  let problem: string | undefined
  return () => {
    if (clock.monotonic() - lookedAt < lookEveryMs) return problem === undefined
    lookedAt = clock.monotonic()
    const before = problem
    problem = problemOf(read)
    if (problem !== undefined && problem !== before) log(`the configuration on disk would be refused: ${problem}`)
    return problem === undefined
  }
}

function problemOf(read: () => unknown): string | undefined {
  try {
    read()
    return undefined
  } catch (error) {
    if (!isSshMcpError(error)) throw error
    return `${error.message} ${error.next}`
  }
}
