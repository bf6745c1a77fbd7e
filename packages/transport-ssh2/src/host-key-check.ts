import { type Host, printable, type SshMcpError } from '@sshmcp/kernel'
import {
  fingerprint,
  type HostKnowledge,
  judgeHostKey,
  type KnownHosts,
  keyTypeOf,
  knowledgeOf,
  transportErrors,
} from '@sshmcp/transport'
import { type StrictVerifier, strictVerifier } from './strict-verifier.ts'

/** The check of one connection's host key, and what it found. */
export interface HostKeyCheck {
  /** Key types that are known for the host: their algorithms go first. */
  readonly knownTypes: ReadonlySet<string>
  readonly verifier: StrictVerifier
  /** Set once a key was accepted. */
  readonly acceptedFingerprint: () => string | undefined
  /** Set once a key was refused. */
  readonly refusal: () => SshMcpError | undefined
}

/** @throws TRANSPORT_KNOWN_HOSTS_UNREADABLE */
export async function prepareHostKeyCheck(host: Host, knownHosts: KnownHosts): Promise<HostKeyCheck> {
  const knowledge = knowledgeOf(await knownHosts.read(), host.hostname, host.port)
  let accepted: string | undefined
  let refused: SshMcpError | undefined
  const verifier = strictVerifier(
    (blob) => {
      const presented = { blob, fingerprint: fingerprint(blob) }
      // ssh2 asks again at each new key exchange of the same connection: the key must still be the accepted one.
      if (accepted !== undefined) return accepted === presented.fingerprint
      refused = refusalOf(host, knowledge, presented)
      if (refused === undefined) accepted = presented.fingerprint
      return refused === undefined
    },
    (cause) => {
      refused = transportErrors.error('TRANSPORT_HANDSHAKE_FAILED', {
        message: `The key that ${addressOf(host)} presented could not be checked.`,
        cause,
      })
    },
  )
  return {
    knownTypes: new Set(knowledge.trusted.map(({ type }) => type)),
    verifier,
    acceptedFingerprint: () => accepted,
    refusal: () => refused,
  }
}

/** `host_id (hostname:port)`, as errors name a host. */
export function addressOf(host: Host): string {
  const name = host.hostname.includes(':') ? `[${host.hostname}]` : host.hostname
  return `${host.hostId} (${printable(name)}:${host.port})`
}

function refusalOf(
  host: Host,
  knowledge: HostKnowledge,
  presented: { readonly blob: Buffer; readonly fingerprint: string },
): SshMcpError | undefined {
  const verdict = judgeHostKey(knowledge, host.hostKeyFingerprints, presented)
  const what = `${addressOf(host)} presented the ${printable(keyTypeOf(presented.blob)) || 'malformed'} key ${presented.fingerprint}`
  switch (verdict.status) {
    case 'trusted':
      return undefined
    case 'unknown':
      return unknownKey(host, knowledge, what)
    case 'revoked':
      return transportErrors.error('TRANSPORT_HOST_KEY_REVOKED', {
        message: `${what}, which is revoked in ${verdict.places.join(', ')}. Nothing was sent.`,
      })
    case 'mismatch':
      return transportErrors.error('TRANSPORT_HOST_KEY_MISMATCH', {
        message: `${what}, but another key is known from ${verdict.places.slice(0, 5).join(', ')}. Nothing was sent.`,
        next:
          'A person finds out why the key changed (reinstalled host, or somebody in between). Only when it is the right key: ' +
          `remove the line that is named, then run \`sshmcp hosts trust ${host.hostId}\`.`,
      })
  }
}

function unknownKey(host: Host, knowledge: HostKnowledge, what: string): SshMcpError {
  const byAuthority =
    knowledge.authorities.length === 0
      ? ''
      : ` known_hosts trusts a certificate authority for it (${knowledge.authorities.map(({ place }) => place).join(', ')}), but host certificates are not supported.`
  return transportErrors.error('TRANSPORT_HOST_KEY_UNKNOWN', {
    message: `${what}, and no key is known for it.${byAuthority} Nothing was sent.`,
    next: `A person compares this fingerprint with the host's own (\`ssh-keygen -lf\` there) and runs \`sshmcp hosts trust ${host.hostId}\`.`,
  })
}
