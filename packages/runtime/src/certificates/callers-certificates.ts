import { bootstrapScript, formatKeyId, parsePublicKeyLine } from '@sshmcp/ca'
import { type Host, rfc3339, type UserId } from '@sshmcp/kernel'
import type { Catalog } from '@sshmcp/policy'
import type { CallersCertificates, HostOutcome } from '@sshmcp/tools'
import type { CaDesk } from './ca-desk.ts'

export interface CallersCertificatesDeps {
  readonly desk: CaDesk
  readonly catalog: Catalog
  readonly userId: UserId
  /** Closes our own connections that the certificate with this serial logged in. */
  readonly closeByCertificate: (serial: string) => Promise<void>
  /** The call and its approval: they stand in the key id, and so in the log of every host that is logged in to. */
  readonly operationId: string
  readonly approvalRequestId: string | undefined
}

/** Certificates as one caller handles them. */
export function callersCertificates(deps: CallersCertificatesDeps): CallersCertificates {
  const { desk, catalog, userId, operationId, approvalRequestId } = deps
  const approved = approvalRequestId === undefined ? {} : { approvalRequestId }
  return {
    requireUnlocked: (signal) => desk.requireUnlocked(signal),
    async requireIssued(certId) {
      await (await desk.authority()).find(certId)
    },
    async issue(action, signal) {
      const keyId = formatKeyId({
        userId: action.userId,
        requestId: operationId,
        tool: 'issue_cert',
        ...(approvalRequestId === undefined ? {} : { approvalId: approvalRequestId }),
      })
      const authority = await desk.authority()
      const subject = parsePublicKeyLine(action.publicKey.line)
      const { principals, ttlSeconds } = action
      const request = { userId: action.userId, subject, principals, ttlSeconds, keyId, ...approved }
      const { certId, line, record } = await authority.issue(request, signal)
      return { ...record, certId, certificate: line }
    },
    async revoke(certId, reason) {
      const authority = await desk.authority()
      const { serial } = await authority.find(certId)
      const { status, revokedAt, krl } = await authority.revoke({ kind: 'certificate', certId }, { by: userId, reason })
      // After the list: whoever connects anew from here on is refused by hosts that have it.
      await deps.closeByCertificate(serial)
      return {
        status,
        revokedAt: rfc3339(revokedAt),
        krlVersion: krl.version.toString(),
        hosts: catalog.hosts().map(notPushed),
      }
    },
    async list() {
      const store = desk.store()
      const [issued, revoked] = await Promise.all([store.listIssued(), store.listRevoked()])
      const ends = new Map(revoked.map(({ certId, revokedAt }) => [certId, revokedAt]))
      return issued.map((record) => ({ ...record, revokedAt: ends.get(record.certId) }))
    },
    async bootstrap(host, signal) {
      const krl = await desk.store().readKrl()
      const { principal } = host.certificate ?? {}
      const request = { login: host.sshUser, userId, ...(principal ? { principal } : {}), ...(krl ? { krl } : {}) }
      return bootstrapScript(await desk.mint(), request, signal)
    },
  }
}

/** Which hosts a person made trust the CA is known for sure of those with `certificate` alone; the others are not left out for that. */
function notPushed({ hostId, certificate }: Host): HostOutcome {
  const message =
    certificate === undefined
      ? 'If it trusts the CA, it needs the new list too: what `sshmcp ca krl` writes.'
      : 'The new list is in cert_data/krl here. A host has it when somebody copies what `sshmcp ca krl` writes there, by hand or with your configuration management.'
  return { hostId, outcome: 'not_configured', message }
}
