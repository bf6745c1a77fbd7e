import { randomBytes } from 'node:crypto'
import type { Clock } from '@sshmcp/kernel'
import type { CaSigner } from './ca-signer.ts'
import {
  type CertificateContent,
  encodeSigned,
  encodeToSign,
  formatCertificateLine,
  type ParsedCertificate,
  parseCertificate,
} from './certificate.ts'
import { type CertificateExtension, type CriticalOptions, certificateExtensions } from './certificate-options.ts'
import { caErrors } from './errors.ts'
import { parseIpNetwork } from './ip-network.ts'
import { assertKeyId } from './key-id.ts'
import { assertPrincipals } from './limits.ts'
import { isSameKey, type SshPublicKey } from './public-key.ts'
import { type Entropy, serialSource } from './serial.ts'
import { verifyCertificate } from './verify-certificate.ts'

/** What making certificates needs. */
export interface MintDeps {
  readonly signer: CaSigner
  readonly clock: Clock
  /** Default: `node:crypto`. */
  readonly entropy?: Entropy
}

/** One certificate to make. Whether the asker may have it was decided before. */
export interface MintRequest {
  readonly subject: SshPublicKey
  readonly keyId: string
  readonly principals: readonly string[]
  readonly ttlSeconds: number
  readonly critical?: CriticalOptions
  /** Default none: commands and SFTP, no terminal, no forwarding. */
  readonly extensions?: readonly CertificateExtension[]
}

/** A certificate that was signed, and whose signature and contents were read back and found right. */
export interface MintedCertificate {
  readonly certificate: ParsedCertificate
  /** The line of a `-cert.pub` file. */
  readonly line: string
  readonly serial: bigint
  /** Unix milliseconds, as are the next two. */
  readonly issuedAt: number
  readonly validFrom: number
  /** From this moment on it is refused. */
  readonly expiresAt: number
}

/** Makes certificates; holds the order of its serials. */
export interface Mint {
  readonly publicKey: SshPublicKey
  /**
   * Builds, signs, verifies what was signed, and only then returns it.
   *
   * @throws CERT_PRINCIPAL_REFUSED, CERT_KEY_ID_REFUSED, CERT_OPTION_REFUSED, CERT_TTL_REFUSED; CA_SELF_CHECK_FAILED;
   * what {@link CaSigner.sign} throws
   */
  issue(request: MintRequest, signal: AbortSignal): Promise<MintedCertificate>
}

/** Valid a little earlier than now: the clocks of hosts differ. */
const backdateSeconds = 60
const nonceBytes = 32
const maxForceCommandBytes = 131_072

/** A mint over a signer. */
export function createMint(deps: MintDeps): Mint {
  const entropy = deps.entropy ?? randomBytes
  const nextSerial = serialSource(deps.clock, entropy)
  return {
    publicKey: deps.signer.publicKey,
    async issue(request, signal) {
      const issuedAt = deps.clock.now()
      const content = contentOf(request, nextSerial(), issuedAt)
      const toSign = encodeToSign(content, deps.signer.publicKey, entropy(nonceBytes))
      const signature = await deps.signer.sign(toSign, signal)
      const certificate = selfChecked(encodeSigned(toSign, signature), content, deps.signer.publicKey, issuedAt)
      return {
        certificate,
        line: formatCertificateLine(certificate, request.keyId),
        serial: content.serial,
        issuedAt,
        validFrom: content.validAfter * 1000,
        expiresAt: content.validBefore * 1000,
      }
    },
  }
}

function contentOf(request: MintRequest, serial: bigint, nowMs: number): CertificateContent {
  assertKeyId(request.keyId)
  assertPrincipals(request.principals)
  const { ttlSeconds } = request
  if (!Number.isSafeInteger(ttlSeconds) || ttlSeconds < 1) {
    throw caErrors.error('CERT_TTL_REFUSED', {
      message: 'A lifetime is a whole number of seconds.',
      field: 'ttl_seconds',
    })
  }
  const now = Math.floor(nowMs / 1000)
  return {
    subject: request.subject,
    serial,
    keyId: request.keyId,
    principals: request.principals,
    validAfter: Math.max(0, now - backdateSeconds),
    validBefore: now + ttlSeconds,
    critical: checkedCritical(request.critical ?? {}),
    extensions: checkedExtensions(request.extensions ?? []),
  }
}

function checkedCritical(critical: CriticalOptions): CriticalOptions {
  const { forceCommand, sourceAddresses } = critical
  if (forceCommand !== undefined) assertForceCommand(forceCommand)
  if (sourceAddresses === undefined) return critical
  if (sourceAddresses.length === 0)
    throw optionRefused('A list of source addresses names at least one.', 'source_address')
  return { ...critical, sourceAddresses: sourceAddresses.map(checkedNetwork) }
}

function assertForceCommand(command: string): void {
  const length = Buffer.byteLength(command)
  if (
    command.trim() !== '' &&
    length <= maxForceCommandBytes &&
    !command.includes('\0') &&
    Buffer.from(command).toString() === command
  )
    return
  throw optionRefused('A forced command is text without NUL, not empty, and at most 128 KiB.', 'force_command')
}

function checkedNetwork(text: string, _at: number, all: readonly string[]): string {
  const network = parseIpNetwork(text)
  if (network !== undefined && all.length <= 64) return network
  const shown = JSON.stringify(text.slice(0, 60))
  throw optionRefused(
    `${shown} is no address or network that sshd takes (or there are more than 64).`,
    'source_address',
  )
}

function checkedExtensions(extensions: readonly CertificateExtension[]): readonly CertificateExtension[] {
  const unknown = extensions.find((name) => !certificateExtensions.includes(name))
  if (unknown === undefined) return [...new Set(extensions)].sort()
  throw optionRefused(`${JSON.stringify(unknown)} is no extension that sshd knows.`, 'extensions')
}

function optionRefused(message: string, field: string): Error {
  return caErrors.error('CERT_OPTION_REFUSED', { message, field })
}

/** Reads back what was signed: a signer that holds another key, or a slip in the encoder, must not leave this function. */
function selfChecked(blob: Buffer, content: CertificateContent, ca: SshPublicKey, now: number): ParsedCertificate {
  const certificate = parsedOrFailed(blob)
  const [principal = ''] = content.principals
  const verdict = verifyCertificate(certificate, { authorities: [ca], now, principal })
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
