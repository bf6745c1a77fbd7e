import { createEphemeralIdentity, issuedRecord } from '@sshmcp/ca'
import type { IdSource } from '@sshmcp/kernel'
import type { PrepareIdentity } from '@sshmcp/transport-ssh2'
import type { CaDesk } from './ca-desk.ts'

/**
 * Identities for hosts with `certificate`: a key in memory and a certificate of two minutes, recorded like any other
 * before it is used, so that it can be found, and revoked, by its serial.
 *
 * The CA is asked before anything is connected.
 */
export function connectionIdentities(desk: CaDesk, ids: IdSource): PrepareIdentity {
  return async (host, { approvalId, ...purpose }, signal) => {
    await desk.requireUnlocked(signal)
    const mint = await desk.mint()
    const principal = host.certificate?.principal ?? host.sshUser
    const reason = { ...purpose, ...(approvalId === undefined ? {} : { approvalId }) }
    return async (sourceAddress, within) => {
      const request = { reason, principal, sourceAddresses: [sourceAddress] }
      const identity = await createEphemeralIdentity(
        mint,
        request,
        (minted, keyId) =>
          desk.store().addIssued(
            issuedRecord(minted, {
              certId: ids.next('cert'),
              userId: purpose.userId,
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
