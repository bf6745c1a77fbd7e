import { opensChannel, reachOf } from '@sshmcp/kernel'
import type { CallRecord, ConnectionFacts, Journal } from '../ports.ts'
import type { ResultNote, RunningCall } from '../tool.ts'
import type { Approved } from './approved.ts'

/** What the services of one call tell the road while they work. */
export interface CallHooks {
  /**
   * Called after login and before anything is sent to the host: the last moment at which a call can still be stopped,
   * and the moment at which its approval is used up. A host that is down burns no approval.
   */
  connected(facts: ConnectionFacts): Promise<void>
}

/** The intent is durable, where one is due. Only from here can an action be executed. */
export class Recorded<S> {
  readonly approved: Approved<S>
  #connection: ConnectionFacts | undefined

  private constructor(approved: Approved<S>) {
    this.approved = approved
  }

  /** @throws AUDIT_UNAVAILABLE */
  static async intent<S>(journal: Journal, approved: Approved<S>, record: CallRecord): Promise<Recorded<S>> {
    if (reachOf(approved.planned.action.verb) !== 'nothing') await journal.intent(record)
    return new Recorded(approved)
  }

  /** The connection that carried the call, once there was one. */
  get connection(): ConnectionFacts | undefined {
    return this.#connection
  }

  async execute(
    bind: (hooks: CallHooks) => S,
    running: RunningCall,
  ): Promise<{ readonly result: Record<string, unknown>; readonly note: ResultNote }> {
    const { planned, approval } = this.approved
    // One spending for all hosts of a call: whoever comes second waits for it, and shares its refusal.
    let spending: Promise<void> | undefined
    const spend = (): Promise<void> => {
      spending ??= approval?.spend() ?? Promise.resolve()
      return spending
    }
    const services = bind({
      connected: async (facts) => {
        this.#connection = facts
        await spend()
      },
    })
    await planned.call.check(services, running)
    if (approval !== undefined && !opensChannel(planned.action.verb)) await spend()
    const executed = await planned.call.execute(services, running)
    // A service that reached its host without saying so: the approval is gone all the same.
    if (approval !== undefined) await spend()
    return executed
  }
}
