import type { LoginIdentity } from '@sshmcp/ca'
import { type Host, runsOneCommand } from '@sshmcp/kernel'
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

/** From where a certificate lets in, and to what. */
export interface IdentityTerms {
  /** Addresses and networks as the host sees them; at least one. */
  readonly sourceAddresses: readonly string[]
  /** The one line that the host runs, whatever is asked for; undefined: any command, and files. */
  readonly forceCommand?: string
  /** True where the connection is gone through to another host. */
  readonly permitsForwarding?: boolean
}

/** Makes the identity once it is known which of our addresses the host sees. */
export type IssueIdentity = (terms: IdentityTerms, signal: AbortSignal) => Promise<ConnectionIdentity>

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

/** What a connection is made for: a certificate permits that and no more. */
export type ConnectionUse =
  | { readonly kind: 'commands' }
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'way' }

/** A certificate that can be made when the connection stands. */
export type PreparedLogin = (client: Client, sock: unknown, signal: AbortSignal) => Promise<CertificateLogin>

/** A way through opens no channel for commands; should one be opened all the same, it runs this. */
const nothingToRun = 'exit 1'

/**
 * Undefined for a host that is logged in to with keys.
 *
 * @throws TRANSPORT_IDENTITY_UNAVAILABLE, TRANSPORT_ONE_COMMAND_ONLY; what {@link PrepareIdentity} throws
 */
export async function prepareCertificateLogin(
  host: Host,
  use: ConnectionUse,
  { prepareIdentity }: LoginParts,
  purpose: ConnectPurpose | undefined,
  signal: AbortSignal,
): Promise<PreparedLogin | undefined> {
  if (host.certificate === undefined) return undefined
  if (runsOneCommand(host) && use.kind === 'commands') throw oneCommandOnly(host)
  if (prepareIdentity === undefined || purpose === undefined) throw unavailable(host, 'nothing here has the CA')
  const { sourceAddresses } = host.certificate
  if (host.proxyJump !== undefined && sourceAddresses.length === 0) {
    throw unavailable(host, 'behind a jump source_addresses has to say which address the host sees')
  }
  const tool = use.kind === 'way' ? `${purpose.tool}:way` : purpose.tool
  const issue = await prepareIdentity(host, { ...purpose, tool }, signal)
  return (client, sock, within) => {
    const seen = sourceAddresses.length > 0 ? sourceAddresses : ownAddress(host, sock)
    return certificateLogin(client, host, () => issue(termsOf(use, seen), within), seen)
  }
}

function termsOf(use: ConnectionUse, sourceAddresses: readonly string[]): IdentityTerms {
  if (use.kind === 'line') return { sourceAddresses, forceCommand: use.line }
  if (use.kind === 'way') return { sourceAddresses, forceCommand: nothingToRun, permitsForwarding: true }
  return { sourceAddresses }
}

/** The one thing that is offered to the host: no key of a file or the agent stands in for a certificate. */
export interface CertificateLogin {
  readonly credentials: Credentials
  readonly serial: string
  readonly expiresAt: number
}

/** Makes the certificate for this connection. */
async function certificateLogin(
  client: Client,
  host: Host,
  issue: () => Promise<ConnectionIdentity>,
  seen: readonly string[],
): Promise<CertificateLogin> {
  const { login, serial, keyId } = await issue()
  const key = await certificateKey(client, login)
  const label = `certificate ${keyId} (serial ${serial}, for ${seen.join(', ')})`
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
    'that the clocks agree, and that the host sees an address that the certificate names: ' +
    'behind a jump or an address translation, `certificate.source_addresses` in hosts.json has to say which.'
  )
}

/** The address that the socket has on our side. */
function ownAddress(host: Host, sock: unknown): readonly string[] {
  const address = typeof sock === 'object' && sock !== null && 'localAddress' in sock ? sock.localAddress : undefined
  if (typeof address !== 'string') throw unavailable(host, 'the address of the connection is not known')
  // A zone (`fe80::1%eth0`) means something on this machine only.
  return [address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')]
}

/** Says that more is wanted of a host than one command. */
export function oneCommandOnly(host: Host): Error {
  return transportErrors.error('TRANSPORT_ONE_COMMAND_ONLY', {
    message: `${addressOf(host)} is connected for one command at a time. Nothing was sent.`,
  })
}

function unavailable(host: Host, why: string): Error {
  return transportErrors.error('TRANSPORT_IDENTITY_UNAVAILABLE', {
    message: `${addressOf(host)} wants an identity per connection: ${why}. Nothing was sent.`,
  })
}
