import { type Clock, isSshMcpError } from '@sshmcp/kernel'
import { Hono } from 'hono'
import type { AppEnv } from './guards/client-address.ts'

export interface HealthDeps {
  /** False while the journal cannot be written. */
  readonly isHealthy: () => boolean
  readonly stopping: AbortSignal
  /** @throws CONFIG_INVALID and other coded errors when a restart or reload would refuse what is on disk */
  readonly readConfig: (() => unknown) | undefined
  readonly clock: Clock
  readonly log: (line: string) => void
}

/** Whoever asks without a token must not make us read files as fast as they can ask. */
const lookEveryMs = 5_000

/**
 * `/healthz`: the process answers. `/readyz`: it takes calls; `configuration` is false when the one on disk would be refused.
 * That alone is no reason to send callers away, since the one that was read before still holds.
 */
export function health({ isHealthy, stopping, readConfig, clock, log }: HealthDeps): Hono<AppEnv> {
  let looked: { readonly at: number; readonly isValid: boolean } | undefined
  const isValid = (): boolean => {
    if (readConfig === undefined) return true
    if (looked === undefined || clock.monotonic() - looked.at >= lookEveryMs) {
      looked = { at: clock.monotonic(), isValid: isReadable(readConfig, log) }
    }
    return looked.isValid
  }
  const routes = new Hono<AppEnv>()
  routes.get('/healthz', (context) => context.json({ status: 'ok' }))
  routes.get('/readyz', (context) => {
    const journal = isHealthy()
    const isReady = journal && !stopping.aborted
    const status = isReady ? 'ready' : 'not ready'
    return context.json({ status, journal, configuration: isValid() }, isReady ? 200 : 503)
  })
  return routes
}

function isReadable(readConfig: () => unknown, log: (line: string) => void): boolean {
  try {
    readConfig()
    return true
  } catch (error) {
    if (!isSshMcpError(error)) throw error
    log(`the configuration on disk would be refused: ${error.message} ${error.next}`)
    return false
  }
}
