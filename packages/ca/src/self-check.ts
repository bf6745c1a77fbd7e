import { type CertificateContent, type ParsedCertificate, parseCertificate } from './certificate.ts'
import { caErrors } from './errors.ts'
import { isSameKey } from './public-key.ts'
import type { SignatureCheck } from './signature.ts'
import { judgeSigned, type VerifyContext } from './verify-certificate.ts'

/**
 * Reads back what was signed: a signer that holds another key, or a slip in the encoder, must not leave this function.
 *
 * @throws CA_SELF_CHECK_FAILED
 */
export function selfChecked(
  blob: Buffer,
  content: CertificateContent,
  check: SignatureCheck | undefined,
  context: VerifyContext,
): ParsedCertificate {
  const certificate = parsedOrFailed(blob)
  if (!context.authorities.some((authority) => isSameKey(authority, certificate.ca))) {
    throw selfCheckFailed('it names another CA')
  }
  const verdict = judgeSigned(certificate, check, context)
  if (!verdict.valid) throw selfCheckFailed(verdict.detail)
  if (!saysTheSame(certificate, content)) throw selfCheckFailed('it does not say what was asked for')
  return certificate
}

function parsedOrFailed(blob: Buffer): ParsedCertificate {
  try {
    return parseCertificate(blob)
  } catch (cause) {
    throw selfCheckFailed('it does not read back', cause)
  }
}

function saysTheSame(read: ParsedCertificate, meant: CertificateContent): boolean {
  const flat = (list: readonly string[] | undefined) => JSON.stringify(list ?? null)
  return (
    read.serial === meant.serial &&
    read.keyId === meant.keyId &&
    read.validAfter === BigInt(meant.validAfter) &&
    read.validBefore === BigInt(meant.validBefore) &&
    isSameKey(read.subject, meant.subject) &&
    flat(read.principals) === flat(meant.principals) &&
    flat(read.extensions) === flat(meant.extensions) &&
    flat(read.critical.sourceAddresses) === flat(meant.critical.sourceAddresses) &&
    read.critical.forceCommand === meant.critical.forceCommand &&
    (read.critical.verifyRequired ?? false) === (meant.critical.verifyRequired ?? false)
  )
}

function selfCheckFailed(why: string, cause?: unknown): Error {
  return caErrors.error('CA_SELF_CHECK_FAILED', { message: `A certificate just signed is wrong: ${why}.`, cause })
}
