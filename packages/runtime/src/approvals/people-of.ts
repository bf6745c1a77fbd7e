import type { People } from '@sshmcp/approvals'
import { type IdentityEntry, localPrincipal } from '@sshmcp/identity'
import type { Clock, Principal, UserId } from '@sshmcp/kernel'
import { decide, type Rules } from '@sshmcp/policy'

export interface PeopleDeps {
  /** Asked every time, so that a revoked identity can neither decide nor have decided. */
  readonly entries: () => readonly IdentityEntry[]
  readonly login: string
  readonly rules: Rules
  readonly clock: Clock
  /** People known by other proof than a token of identities.json, as far as they have shown up; absent where there is no such proof. */
  readonly others?: (() => readonly Principal[]) | undefined
}

/** Who there is: the identities of identities.json, or in local mode the OS user alone. */
export function peopleOf({ entries, login, rules, clock, others }: PeopleDeps): People {
  const everybody = (): readonly Principal[] => {
    const known = entries()
    if (known.length === 0 && others === undefined) return [localPrincipal(login)]
    const alive = known.filter(({ expiresAtMs }) => expiresAtMs === undefined || clock.now() < expiresAtMs)
    return [...alive.map(asPrincipal), ...(others?.() ?? [])]
  }
  return {
    find: async (userId: UserId) => everybody().find((person) => person.userId === userId),
    everybody: async () => ({ principals: everybody(), isComplete: others === undefined }),
    // What somebody may see is more than what they may use: an auditor sees every host.
    mayUseHost: (person, hostId) => {
      const host = rules.hosts.find((configured) => configured.hostId === hostId)
      return host !== undefined && decide(person, { verb: 'session.open', host }, rules).effect === 'allow'
    },
  }
}

function asPrincipal({ userId, displayName, roles }: IdentityEntry): Principal {
  return { userId, displayName, roles }
}
