import { type Clock, type Principal, rfc3339 } from '@sshmcp/kernel'
import { pipelineErrors } from './errors.ts'

export interface LimitSettings {
  readonly maxRequestsPerMinute: number
  readonly maxConcurrent: number
}

/** A place among the running calls; give it back. */
export interface Admission {
  release(): void
}

export interface Limits {
  /** @throws LIMIT_RATE, LIMIT_BUSY, CALL_CANCELLED */
  admit(principal: Principal, signal: AbortSignal): Promise<Admission>
}

const window = 60_000
const patience = 10_000

interface Lane {
  readonly starts: number[]
  running: number
  readonly waiting: (() => void)[]
}

/** Counts calls per identity in this process: a rate over a sliding minute, and how many run at once. */
export function createLimits(settings: LimitSettings, clock: Clock): Limits {
  const lanes = new Map<string, Lane>()
  const laneOf = (principal: Principal): Lane => {
    const lane = lanes.get(principal.userId) ?? { starts: [], running: 0, waiting: [] }
    lanes.set(principal.userId, lane)
    return lane
  }
  return {
    async admit(principal, signal) {
      const lane = laneOf(principal)
      countStart(lane, settings.maxRequestsPerMinute, clock)
      if (lane.running >= settings.maxConcurrent) await place(lane, settings.maxConcurrent, signal)
      else lane.running++
      return { release: once(() => leave(lane)) }
    },
  }
}

function countStart(lane: Lane, perMinute: number, clock: Clock): void {
  const now = clock.monotonic()
  while ((lane.starts[0] ?? now) <= now - window) lane.starts.shift()
  const [oldest] = lane.starts
  if (lane.starts.length >= perMinute && oldest !== undefined) {
    const seconds = Math.max(1, Math.ceil((oldest + window - now) / 1000))
    throw pipelineErrors.error('LIMIT_RATE', {
      message: `${perMinute} calls were made in the last minute; the next is free at ${rfc3339(clock.now() + seconds * 1000)}.`,
      retryAfterSeconds: seconds,
    })
  }
  lane.starts.push(now)
}

/** Waits for somebody to leave; who leaves hands the place over, so `running` does not change here. */
function place(lane: Lane, most: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (end: () => void): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', cancelled)
      const index = lane.waiting.indexOf(taken)
      if (index >= 0) lane.waiting.splice(index, 1)
      end()
    }
    const taken = (): void => finish(resolve)
    const cancelled = (): void =>
      finish(() =>
        reject(pipelineErrors.error('CALL_CANCELLED', { message: 'Cancelled while waiting for a free place.' })),
      )
    const timer = setTimeout(
      () =>
        finish(() =>
          reject(
            pipelineErrors.error('LIMIT_BUSY', {
              message: `${most} calls are already running.`,
              retryAfterSeconds: 10,
            }),
          ),
        ),
      patience,
    )
    signal.addEventListener('abort', cancelled)
    lane.waiting.push(taken)
  })
}

function leave(lane: Lane): void {
  const next = lane.waiting[0]
  if (next) next()
  else lane.running--
}

function once(run: () => void): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    run()
  }
}
