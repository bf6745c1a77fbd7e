import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createEphemeralIdentity,
  createMint,
  type EphemeralIdentity,
  formatPublicKeyLine,
  generateCaKey,
  memorySigner,
} from '@sshmcp/ca'
import { type Host, parseUserId, systemClock } from '@sshmcp/kernel'
import type { ConnectPurpose, SshConnection, SshTransport } from '@sshmcp/transport'
import type { IdentityTerms } from '@sshmcp/transport-ssh2'
import { hostOf, linesOf, transportTo } from './real-transport.ts'
import { type SshdOptions, startSshd, type TestSshd } from './sshd.ts'

/** An sshd that takes certificates of a CA that lives in this process, and a transport that logs in with them. */
export interface OneCommandHost {
  readonly sshd: TestSshd
  readonly host: Host
  readonly transport: SshTransport
  readonly purpose: ConnectPurpose
  /** Every identity that was made, oldest first. */
  readonly made: readonly { readonly identity: EphemeralIdentity; readonly terms: IdentityTerms }[]
  /** How far the clock of the CA is behind, in seconds: what it makes then is that much older. */
  setBehind(seconds: number): void
  /** Every line over a connection of its own, as if it were one connection. */
  lineByLine(): SshConnection
  stop(): Promise<void>
}

export async function startOneCommandHost(options: SshdOptions = {}): Promise<OneCommandHost> {
  const ca = generateCaKey()
  let behind = 0
  const clock = { ...systemClock, now: () => systemClock.now() - behind * 1000 }
  const mint = createMint({ signer: memorySigner(ca), clock })
  const folder = mkdtempSync(join(tmpdir(), 'sshmcp-one-command-'))
  const caFile = join(folder, 'ca.pub')
  writeFileSync(caFile, `${formatPublicKeyLine(ca.publicKey)}\n`)
  const config = [...(options.config ?? []), 'AuthorizedKeysFile none', `TrustedUserCAKeys ${caFile}`]
  const sshd = await startSshd({ ...options, config })
  const made: { readonly identity: EphemeralIdentity; readonly terms: IdentityTerms }[] = []
  const purpose = { userId: parseUserId('alice'), requestId: 'op_1', approvalId: undefined, tool: 'run_ssh_command' }
  const host = hostOf(sshd, { certificate: { mode: 'per_command', principal: undefined, sourceAddresses: [] } })
  const transport = transportTo(sshd, linesOf(sshd.knownHostsFile), {
    jumpHost: () => host,
    prepareIdentity: async (wanted, { userId, requestId, tool }) => {
      return async (terms, signal) => {
        const request = { reason: { userId, requestId, tool }, principal: wanted.sshUser, ...terms }
        const identity = await createEphemeralIdentity(mint, request, async () => {}, signal)
        made.push({ identity, terms })
        return { login: identity, serial: identity.certificate.serial.toString(), keyId: identity.keyId }
      }
    },
  })
  return {
    sshd,
    host,
    transport,
    purpose,
    made,
    setBehind(seconds) {
      behind = seconds
    },
    lineByLine: () => lineByLine(transport, host, purpose),
    async stop() {
      await sshd.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function lineByLine(transport: SshTransport, host: Host, purpose: ConnectPurpose): SshConnection {
  const never = new AbortController().signal
  const isOver = async (): Promise<never> => {
    throw new Error('each line has a connection of its own')
  }
  return {
    facts: { hostKeyFingerprint: '', login: host.sshUser, authenticatedWith: '' },
    closed: new Promise(() => {}),
    async exec(request, sink, signal) {
      const connection = await transport.connect(host, never, { ...purpose, line: request.line })
      try {
        return await connection.exec(request, sink, signal)
      } finally {
        await connection.close()
      }
    },
    ping: isOver,
    sftp: isOver,
    close: async () => {},
  }
}
