import { opensChannel } from '@sshmcp/kernel'
import type { Admission, Limits } from '../limits.ts'
import type { Parsed } from './parsed.ts'

const free: Admission = { release: () => undefined }

/** The caller's limits allow one more call now. Whoever builds it releases it. */
export class Admitted<S> {
  readonly parsed: Parsed<S>
  readonly release: () => void

  private constructor(parsed: Parsed<S>, admission: Admission) {
    this.parsed = parsed
    this.release = admission.release
  }

  /** @throws LIMIT_RATE, LIMIT_BUSY, CALL_CANCELLED */
  static async by<S>(limits: Limits, parsed: Parsed<S>, signal: AbortSignal): Promise<Admitted<S>> {
    const counts = opensChannel(parsed.tool.verb)
    return new Admitted(parsed, counts ? await limits.admit(parsed.caller.principal, signal) : free)
  }
}
