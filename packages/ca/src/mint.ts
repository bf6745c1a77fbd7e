import { randomBytes } from 'node:crypto'
import type { Clock } from '@sshmcp/kernel'
import type { CaSigner } from './ca-signer.ts'
import {
  type CertificateContent,
  encodeSigned,
  encodeToSign,
  formatCertificateLine,
  type ParsedCertificate,
} from './certificate.ts'
import { type CertificateExtension, type CriticalOptions, certificateExtensions } from './certificate-options.ts'
import { caErrors } from './errors.ts'
import { parseIpNetwork } from './ip-network.ts'
import { assertKeyId } from './key-id.ts'
import { assertPrincipals } from './limits.ts'
import type { SshPublicKey } from './public-key.ts'
import { selfChecked } from './self-check.ts'
import { type Entropy, serialSource } from './serial.ts'
import { signatureCheck } from './signature.ts'

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
  const nextSerial = serialSource(entropy)
  const authority = deps.signer.publicKey
  // Read once: importing a key takes as long as signing with it.
  const check = signatureCheck(authority)
  return {
    publicKey: authority,
    async issue(request, signal) {
      const issuedAt = deps.clock.now()
      const content = contentOf(request, nextSerial(issuedAt), issuedAt)
      const toSign = encodeToSign(content, authority, entropy(nonceBytes))
      const signature = await deps.signer.sign(toSign, signal)
      const certificate = selfChecked(encodeSigned(toSign, signature), content, check, {
        authorities: [authority],
        now: issuedAt,
      })
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
