import { generateKeyPairSync } from 'node:crypto'
import { Secret } from '@sshmcp/kernel'
import { formatKeyId, type LoginReason } from './key-id.ts'
import { type LoginIdentity, loginIdentity } from './login-identity.ts'
import type { Mint, MintedCertificate } from './mint.ts'
import { publicKeyOf } from './public-key.ts'

/** One connection that is about to be made. */
export interface EphemeralRequest {
  /** Who, for which request, by which approval, through which tool: sshd writes it into its log. */
  readonly reason: LoginReason
  /** The account, or what AuthorizedPrincipalsFile of the host asks for. */
  readonly principal: string
  /** Our own addresses as the host sees them; at least one. */
  readonly sourceAddresses: readonly string[]
  /** The one command the connection is for: whatever a client asks for, the host runs this. */
  readonly forceCommand?: string
  /** True for a host that others are reached through. */
  readonly permitsForwarding?: boolean
}

/** A key that lives in memory for one connection, with a certificate for two minutes. */
export interface EphemeralIdentity extends LoginIdentity {
  readonly certificate: MintedCertificate
  /** Who, why and through what, as the host's log shows it. */
  readonly keyId: string
}

/** How long an identity for one connection can log in. */
export const ephemeralTtlSeconds = 120

/**
 * Makes a fresh key and a certificate for one connection: commands and SFTP only, from our address only, and with a
 * forced command nothing but that command.
 *
 * `record` is awaited before the identity is handed out: what cannot be recorded does not log in.
 *
 * @throws what {@link Mint.issue} throws, and what `record` throws
 */
export async function createEphemeralIdentity(
  mint: Mint,
  request: EphemeralRequest,
  record: (certificate: MintedCertificate, keyId: string) => Promise<void>,
  signal: AbortSignal,
): Promise<EphemeralIdentity> {
  const keyId = formatKeyId(request.reason)
  const pair = generateKeyPairSync('ed25519')
  const subject = publicKeyOf(pair.publicKey)
  const { forceCommand, sourceAddresses, permitsForwarding = false } = request
  const certificate = await mint.issue(
    {
      subject,
      keyId,
      principals: [request.principal],
      ttlSeconds: ephemeralTtlSeconds,
      critical: { sourceAddresses, ...(forceCommand === undefined ? {} : { forceCommand }) },
      extensions: permitsForwarding ? ['permit-port-forwarding'] : [],
    },
    signal,
  )
  await record(certificate, keyId)
  return { ...loginIdentity(certificate.certificate, subject, new Secret(pair.privateKey)), certificate, keyId }
}
