import { type Action, type Principal, parseUserId, type Role, Secret } from '@sshmcp/kernel'
import { aCommand, aHost, ManualClock, sequentialIds } from '@sshmcp/kernel/testing'
import { type ApprovalsDeps, createApprovals } from '../approvals.ts'
import type { People } from '../people.ts'
import { MemoryApprovalStore } from './memory-approval-store.ts'

/** A key for tests. */
export const aKey = (): Secret<Uint8Array> => new Secret(new Uint8Array(32).fill(7))

/** A person with a name and roles. */
export function aPerson(name: string, ...roles: readonly Role[]): Principal {
  return { userId: parseUserId(name), displayName: name, roles: new Set(roles) }
}

/** A restart of a service: an action that needs an approval. */
export function aRestart(command: Parameters<typeof aCommand>[0] = {}, host: Parameters<typeof aHost>[0] = {}): Action {
  return {
    verb: 'host.exec',
    host: aHost(host),
    command: aCommand({ risk: 'high', line: 'sudo -n -- systemctl restart nginx', ...command }),
  }
}

/** A directory of people that tests can change: revoke somebody, close a host to somebody. */
export class MemoryPeople implements People {
  readonly #principals: Map<string, Principal>
  readonly #closed = new Set<string>()
  isComplete = true

  constructor(...principals: readonly Principal[]) {
    this.#principals = new Map(principals.map((principal) => [principal.userId, principal]))
  }

  async find(userId: string): Promise<Principal | undefined> {
    return this.#principals.get(userId)
  }

  async everybody() {
    return { principals: [...this.#principals.values()], isComplete: this.isComplete }
  }

  mayUseHost(principal: Principal, hostId: string): boolean {
    return !this.#closed.has(`${principal.userId} ${hostId}`)
  }

  put(principal: Principal): void {
    this.#principals.set(principal.userId, principal)
  }

  revoke(userId: string): void {
    this.#principals.delete(userId)
  }

  closeHost(userId: string, hostId: string): void {
    this.#closed.add(`${userId} ${hostId}`)
  }
}

/** Approvals on fakes: alice (operator) asks, bob (operator) and root (admin) could decide. */
export function approvalsOnFakes(overrides: Partial<ApprovalsDeps> = {}) {
  const clock = new ManualClock()
  const store = new MemoryApprovalStore()
  const [alice, bob, root] = [aPerson('alice', 'operator'), aPerson('bob', 'operator'), aPerson('root', 'admin')]
  const people = new MemoryPeople(alice, bob, root)
  const deps: ApprovalsDeps = {
    store,
    clock,
    ids: sequentialIds(),
    key: aKey(),
    policy: { ttlSeconds: 600, maxPendingPerIdentity: 5 },
    mode: 'two-party',
    people,
    containsSecret: (text) => (text.includes('hunter2') ? ['password'] : []),
    redactText: (text) => text.replaceAll('hunter2', '[redacted]'),
    pause: async (milliseconds, signal) => {
      signal.throwIfAborted()
      clock.advance(milliseconds)
    },
    ...overrides,
  }
  return { approvals: createApprovals(deps), deps, store, clock, people, alice, bob, root }
}
