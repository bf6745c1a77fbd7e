import type { ConnectionEnd } from '@sshmcp/transport'
import { type ConnectionLife, cancelled, dead } from './exec-open.ts'

/** What a ping needs of a connection. */
export interface Pinged {
  readonly life: ConnectionLife
  readonly closed: Promise<ConnectionEnd>
  readonly monotonic: () => number
}

/** As `SshConnection.ping`. */
export function ping({ life, closed, monotonic }: Pinged, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = monotonic()
    const fail = () => {
      signal.removeEventListener('abort', fail)
      reject(signal.aborted ? cancelled() : dead(life))
    }
    if (signal.aborted) return fail()
    signal.addEventListener('abort', fail, { once: true })
    closed.then(fail)
    const done = () => {
      signal.removeEventListener('abort', fail)
      if (!life.isGone()) resolve(monotonic() - start)
    }
    try {
      // A global request that a host must answer, if only with a no: nothing runs there.
      life.client.unforwardIn('127.0.0.1', 1, done)
    } catch {
      fail()
    }
  })
}
