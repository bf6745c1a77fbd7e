import type { ParsedCertificate } from './certificate.ts'
import { isWithin, parseIpNetwork } from './ip-network.ts'
import type { Krl } from './krl.ts'
import { revocationOf } from './krl-check.ts'
import { isSameKey, type SshPublicKey } from './public-key.ts'
import { type SignatureCheck, signatureCheck } from './signature.ts'

/** Against what a certificate is judged. */
export interface VerifyContext {
  readonly authorities: readonly SshPublicKey[]
  /** Unix milliseconds. */
  readonly now: number
  /** The login name (or what AuthorizedPrincipalsFile asks for); left out: any. */
  readonly principal?: string
  /** Where the login comes from; left out: a `source-address` option is not judged. */
  readonly address?: string
  readonly krl?: Krl
}

/** Why a certificate is no good: the reasons for which sshd refuses one. */
export type CertificateRefusal =
  | 'not_a_user_certificate'
  | 'wrong_ca'
  | 'bad_signature'
  | 'not_yet_valid'
  | 'expired'
  | 'wrong_principal'
  | 'wrong_source'
  | 'revoked'

/** Whether a certificate lets in, and if not, why. */
export type CertificateVerdict =
  | { readonly valid: true }
  | { readonly valid: false; readonly reason: CertificateRefusal; readonly detail: string }

/** Judges a user certificate as sshd does. Trust begins with the signature, so nothing else is believed before it. */
export function verifyCertificate(certificate: ParsedCertificate, context: VerifyContext): CertificateVerdict {
  const authority = context.authorities.find((trusted) => isSameKey(trusted, certificate.ca))
  if (authority === undefined)
    return refused('wrong_ca', `signed by ${certificate.ca.fingerprint}, which is not trusted`)
  return judgeSigned(certificate, signatureCheck(authority), context)
}

/** The same for a CA that was recognised already, whose key need not be read again. */
export function judgeSigned(
  certificate: ParsedCertificate,
  check: SignatureCheck | undefined,
  context: VerifyContext,
): CertificateVerdict {
  if (check === undefined || !check(certificate.signed, certificate.signature)) {
    return refused('bad_signature', 'the signature of the CA does not verify')
  }
  return judgeContent(certificate, context)
}

function judgeContent(certificate: ParsedCertificate, context: VerifyContext): CertificateVerdict {
  if (certificate.kind !== 'user') return refused('not_a_user_certificate', 'it is for a host')
  const revoked = context.krl === undefined ? undefined : revocationOf(context.krl, certificate)
  if (revoked !== undefined) return refused('revoked', `revoked by ${revoked}`)
  const seconds = BigInt(Math.floor(context.now / 1000))
  if (seconds < certificate.validAfter) return refused('not_yet_valid', 'its time has not begun')
  if (seconds >= certificate.validBefore) return refused('expired', 'its time is over')
  const { principal, address } = context
  if (certificate.principals.length === 0 || (principal !== undefined && !certificate.principals.includes(principal))) {
    return refused('wrong_principal', 'it is not for this account')
  }
  const sources = certificate.critical.sourceAddresses
  if (sources !== undefined && address !== undefined && !isAllowedSource(address, sources)) {
    return refused('wrong_source', 'it may not be used from this address')
  }
  return { valid: true }
}

/** As in sshd, one malformed entry spoils the whole list. */
function isAllowedSource(address: string, sources: readonly string[]): boolean {
  const networks = sources.map(parseIpNetwork).filter((network) => network !== undefined)
  return networks.length === sources.length && isWithin(address, networks)
}

function refused(reason: CertificateRefusal, detail: string): CertificateVerdict {
  return { valid: false, reason, detail }
}
