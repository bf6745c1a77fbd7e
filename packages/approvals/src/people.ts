import type { HostId, Principal, UserId } from '@sshmcp/kernel'

/** Who there is and what they may use now, as the configuration says it at this moment. */
export interface People {
  /** Who this identity is now; undefined when it is unknown, expired or revoked. */
  find(userId: UserId): Promise<Principal | undefined>
  /**
   * Everybody known beforehand. `isComplete` is false where somebody else may come too, such as the holder of a token
   * that another service issues.
   */
  everybody(): Promise<{ readonly principals: readonly Principal[]; readonly isComplete: boolean }>
  /** May this person use this host, not merely see it as an auditor sees every one? False for one not configured. */
  mayUseHost(principal: Principal, hostId: HostId): boolean
}
