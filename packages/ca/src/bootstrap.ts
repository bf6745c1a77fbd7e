import { generateKeyPairSync } from 'node:crypto'
import { Secret } from '@sshmcp/kernel'
import { bootstrapSteps } from './bootstrap-steps.ts'
import { caErrors } from './errors.ts'
import { formatKeyId } from './key-id.ts'
import type { Mint } from './mint.ts'
import { opensshPrivateKey } from './openssh-private-key.ts'
import { formatPublicKeyLine, publicKeyOf } from './public-key.ts'

/** Where things are on the host; the defaults suit Debian, Ubuntu, Fedora, Arch and Alpine. */
export interface BootstrapPaths {
  /** Default `/etc/ssh/sshd_config`. */
  readonly sshdConfig?: string
  /** Used when the configuration includes it. Default `/etc/ssh/sshd_config.d`. */
  readonly dropInFolder?: string
  /** Default `/etc/ssh/sshmcp_user_ca.pub`. */
  readonly caFile?: string
  /** Default `/etc/ssh/sshmcp_revoked`. */
  readonly krlFile?: string
  /** Default: the one in the PATH or in `/usr/sbin`. */
  readonly sshd?: string
  /** A shell command. Default: whatever of systemctl, service, rc-service and SIGHUP the host has. */
  readonly reload?: string
}

/** A host that is to trust the CA. */
export interface BootstrapRequest {
  /** The account of the test login: the one that certificates will be for. */
  readonly login: string
  /** What the certificates will name; default the account itself. */
  readonly principal?: string
  /** Who prints the script, for sshd's log. */
  readonly userId: string
  /** The published revocation list, for a host that has none yet or an older one; left out: an empty one. */
  readonly krl?: Uint8Array
  readonly paths?: BootstrapPaths
}

/** How long a script can be run after it was printed: its test login's certificate expires then. */
export const bootstrapTtlSeconds = 900

const defaults: Required<Omit<BootstrapPaths, 'sshd' | 'reload'>> = {
  sshdConfig: '/etc/ssh/sshd_config',
  dropInFolder: '/etc/ssh/sshd_config.d',
  caFile: '/etc/ssh/sshmcp_user_ca.pub',
  krlFile: '/etc/ssh/sshmcp_revoked',
}

/**
 * A POSIX sh script, to be run as root on a host, that makes its sshd trust this CA: revocation list first, then the
 * directives, `sshd -t`, `sshd -T`, a reload, a test login; anything that fails is rolled back. Running it again changes
 * nothing, or brings an older revocation list up to date. It prints what it does, and exits 0 only when a login with a certificate worked.
 *
 * For the test login it carries a throw-away key whose certificate can run `true` and nothing else, for 15 minutes.
 *
 * @throws CA_BOOTSTRAP_REFUSED, and what {@link Mint.issue} throws
 */
export async function bootstrapScript(mint: Mint, request: BootstrapRequest, signal: AbortSignal): Promise<string> {
  const paths = { ...defaults, ...request.paths }
  for (const [name, value] of Object.entries(paths)) assertPath(name, value)
  if (!/^[a-z_][a-z0-9_.-]{0,31}\$?$/i.test(request.login)) throw refused('The login name is not one.', 'login')
  const pair = generateKeyPairSync('ed25519')
  const certificate = await mint.issue(
    {
      subject: publicKeyOf(pair.publicKey),
      keyId: formatKeyId({ userId: request.userId, requestId: 'test-login', tool: 'bootstrap' }),
      principals: [request.principal ?? request.login],
      ttlSeconds: bootstrapTtlSeconds,
      critical: { forceCommand: 'true' },
    },
    signal,
  )
  const values = {
    login: request.login,
    expires: String(Math.floor(certificate.expiresAt / 1000)),
    ca_key: `${formatPublicKeyLine({ ...mint.publicKey, comment: '' })} sshmcp`,
    krl_base64: Buffer.from(request.krl ?? []).toString('base64'),
    test_key: opensshPrivateKey(new Secret(pair.privateKey)).reveal(),
    test_certificate: certificate.line,
    config: paths.sshdConfig,
    drop_in_folder: paths.dropInFolder,
    ca_file: paths.caFile,
    krl_file: paths.krlFile,
    sshd_program: paths.sshd ?? '',
    reload_command: paths.reload ?? '',
  }
  const assignments = Object.entries(values).map(([name, value]) => `${name}=${shellQuoted(value)}`)
  return ['#!/bin/sh', ...header, ...assignments, bootstrapSteps].join('\n')
}

const header = [
  '# Makes the sshd of this host trust the certificate authority of sshmcp. Run it as root; it can be run again.',
  '# The key in it is for one test login: its certificate can run `true` and nothing else, and expires in 15 minutes.',
  'set -eu',
  'umask 077',
]

function assertPath(name: string, value: string): void {
  const isCommand = name === 'reload'
  const isClean = isCommand ? !/[\0\r\n]/.test(value) : /^\/[A-Za-z0-9._/@+-]+$/.test(value)
  if (!isClean) throw refused(`${name} must be ${isCommand ? 'one line' : 'an absolute path without spaces'}.`, name)
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function refused(message: string, field: string): Error {
  return caErrors.error('CA_BOOTSTRAP_REFUSED', { message, field })
}
