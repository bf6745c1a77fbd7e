import { createEphemeralIdentity, issuedRecord } from '@sshmcp/ca'
import { type IdSource, randomIds, systemClock } from '@sshmcp/kernel'
import { parsePolicy } from '@sshmcp/policy'
import type { PrepareIdentity } from '@sshmcp/transport-ssh2'
import type { Desk } from '../journal-change.ts'
import { type CaDesk, createCaDesk } from './ca-desk.ts'

/**
 * Identities for hosts with `certificate`: a key in memory and a certificate of two minutes, recorded like any other
 * before it is used, so that it can be found, and revoked, by its serial.
 *
 * The CA is asked before anything is connected.
 */
export function connectionIdentities(desk: CaDesk, ids: IdSource): PrepareIdentity {
  return async (host, { userId, requestId, approvalId, tool }, signal) => {
    await desk.requireUnlocked(signal)
    const mint = await desk.mint()
    const principal = host.certificate?.principal ?? host.sshUser
    const reason = { userId, requestId, tool, ...(approvalId === undefined ? {} : { approvalId }) }
    return async (terms, within) => {
      const request = { reason, principal, ...terms }
      const identity = await createEphemeralIdentity(
        mint,
        request,
        (minted, keyId) =>
          desk.store().addIssued(
            issuedRecord(minted, {
              certId: ids.next('cert'),
              userId,
              principals: [principal],
              keyId,
              approvalRequestId: approvalId ?? '',
            }),
          ),
        within,
      )
      return { login: identity, serial: identity.certificate.serial.toString(), keyId: identity.keyId }
    }
  }
}

/** The same for a command of a person, without a server. Nothing is issued to anybody else, so policy.json is not needed. */
export function deskIdentities(desk: Desk): PrepareIdentity {
  const policy = () => parsePolicy(undefined).keys
  return connectionIdentities(createCaDesk({ ...desk, clock: systemClock, ids: randomIds, policy }), randomIds)
}
