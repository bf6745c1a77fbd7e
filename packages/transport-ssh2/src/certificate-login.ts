import type { LoginIdentity } from '@sshmcp/ca'
import type { Host } from '@sshmcp/kernel'
import { type ConnectPurpose, transportErrors } from '@sshmcp/transport'
import type { Client } from 'ssh2'
import { certificateKey } from './certificate-auth.ts'
import type { Credentials } from './credentials.ts'
import { addressOf } from './host-key-check.ts'

/** What one connection logs in with. */
export interface ConnectionIdentity {
  readonly login: LoginIdentity
  /** Decimal. */
  readonly serial: string
  /** As the host's log shows it. */
  readonly keyId: string
}

/** Makes the identity once it is known which of our addresses the host sees. */
export type IssueIdentity = (sourceAddress: string, signal: AbortSignal) => Promise<ConnectionIdentity>

/**
 * Makes identities for connections. Called before anything is connected, so that a CA that cannot sign costs no
 * connection; what it returns is called when the connection stands.
 *
 * @throws CA_LOCKED and the other codes that say why there will be no certificate
 */
export type PrepareIdentity = (host: Host, purpose: ConnectPurpose, signal: AbortSignal) => Promise<IssueIdentity>

/** What is known of the login before the connection is made. */
export interface LoginParts {
  readonly prepareIdentity?: PrepareIdentity | undefined
}

/**
 * Undefined for a host that is logged in to with keys.
 *
 * @throws TRANSPORT_IDENTITY_UNAVAILABLE; what {@link PrepareIdentity} throws
 */
export async function prepareCertificateLogin(
  host: Host,
  { prepareIdentity }: LoginParts,
  purpose: ConnectPurpose | undefined,
  signal: AbortSignal,
): Promise<IssueIdentity | undefined> {
  if (host.certificate === undefined) return undefined
  if (host.certificate.mode !== 'per_connection') throw unavailable(host, 'only per_connection is offered')
  if (host.proxyJump !== undefined) throw unavailable(host, 'the address that the host sees is not known behind a jump')
  if (prepareIdentity === undefined || purpose === undefined) throw unavailable(host, 'nothing here has the CA')
  return prepareIdentity(host, purpose, signal)
}

/** The one thing that is offered to the host: no key of a file or the agent stands in for a certificate. */
export interface CertificateLogin {
  readonly credentials: Credentials
  readonly serial: string
  readonly expiresAt: number
}

/** Makes the certificate for this connection, bound to the address that its socket has on our side. */
export async function certificateLogin(
  client: Client,
  host: Host,
  sock: unknown,
  issue: IssueIdentity,
  signal: AbortSignal,
): Promise<CertificateLogin> {
  const source = sourceOf(sock)
  if (source === undefined) throw unavailable(host, 'the address of the connection is not known')
  const { login, serial, keyId } = await issue(source, signal)
  const key = await certificateKey(client, login)
  const label = `certificate ${keyId} (serial ${serial}, for ${source})`
  return {
    credentials: { usable: [{ label, source: { kind: 'file', key } }], remarks: [], next: cure(host) },
    serial,
    expiresAt: login.expiresAt,
  }
}

function cure(host: Host): string {
  const { principal = host.sshUser } = host.certificate ?? {}
  return (
    `Check that ${host.hostId} trusts this CA and lets the principal "${principal}" in (\`sshmcp ca bootstrap ${host.hostId}\`), ` +
    'that the clocks agree, and that no address translation stands between: the host has to see the address that the certificate names.'
  )
}

function sourceOf(sock: unknown): string | undefined {
  if (typeof sock !== 'object' || sock === null || !('localAddress' in sock)) return undefined
  const { localAddress } = sock
  if (typeof localAddress !== 'string') return undefined
  // A zone (`fe80::1%eth0`) means something on this machine only.
  return localAddress.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
}

function unavailable(host: Host, why: string): Error {
  return transportErrors.error('TRANSPORT_IDENTITY_UNAVAILABLE', {
    message: `${addressOf(host)} wants an identity per connection: ${why}. Nothing was sent.`,
  })
}
