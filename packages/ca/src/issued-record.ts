import { rfc3339 } from '@sshmcp/kernel'
import type { IssuedRecord } from './cert-store.ts'
import type { MintedCertificate } from './mint.ts'
import { formatPublicKeyLine } from './public-key.ts'

/** What a record says beside what stands in the certificate. */
export type RecordNames = Pick<IssuedRecord, 'certId' | 'userId' | 'keyId' | 'principals' | 'approvalRequestId'>

/** One certificate as {@link CertStore.addIssued} keeps it. */
export function issuedRecord(minted: MintedCertificate, names: RecordNames): IssuedRecord {
  const { ca, subject } = minted.certificate
  return {
    ...names,
    serial: minted.serial.toString(),
    publicKey: formatPublicKeyLine({ ...subject, comment: '' }),
    fingerprint: subject.fingerprint,
    ca: Buffer.from(ca.blob).toString('base64'),
    caFingerprint: ca.fingerprint,
    issuedAt: rfc3339(minted.issuedAt),
    validFrom: rfc3339(minted.validFrom),
    expiresAt: rfc3339(minted.expiresAt),
  }
}
