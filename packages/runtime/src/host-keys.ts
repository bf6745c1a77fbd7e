import { localPrincipal } from '@sshmcp/identity'
import { type Host, printable, randomIds, systemClock } from '@sshmcp/kernel'
import { addKnownHost } from '@sshmcp/store-file'
import { type HostKnowledge, knowledgeOf, knownHostsLine, transportErrors } from '@sshmcp/transport'
import { fetchHostKeys, type PresentedKey } from '@sshmcp/transport-ssh2'
import { knownHostsFiles, ssh2Deps } from './adapters.ts'
import { deskIdentities } from './certificates/connection-identities.ts'
import { runtimeErrors } from './errors.ts'
import { readHosts } from './hosts-file.ts'
import { type Desk, journalChange } from './journal-change.ts'

export type { PresentedKey } from '@sshmcp/transport-ssh2'

/** The keys that a host showed, beside what is known of it. */
export interface HostKeys {
  readonly presented: readonly PresentedKey[]
  /** One of them is trusted already, by known_hosts or by a pin in hosts.json. */
  readonly isTrusted: boolean
}

/**
 * Fetches the keys of a host and compares them with what is known. Nothing is trusted by this.
 *
 * @throws TRANSPORT_* when there is no way to the host; TRANSPORT_HOST_KEY_REVOKED, TRANSPORT_HOST_KEY_MISMATCH when what
 * is known speaks against them: that is for a person to find out about, not to confirm away
 */
export async function lookAtHostKeys(desk: Desk, host: Host, signal: AbortSignal): Promise<HostKeys> {
  const deps = ssh2Deps({ ...desk, rules: { hosts: () => readHosts(desk) } }, systemClock)
  const { userId } = localPrincipal(desk.login)
  const purpose = { userId, requestId: randomIds.next('op'), approvalId: undefined, tool: 'hosts-trust' }
  const presented = await fetchHostKeys(host, { ...deps, prepareIdentity: deskIdentities(desk) }, signal, purpose)
  const knowledge = knowledgeOf(await deps.knownHosts.read(), host.hostname, host.port)
  refuseRevoked(host, knowledge, presented)
  const pins = host.hostKeyFingerprints.map((pin) => pin.replace(/=+$/, ''))
  const isTrusted =
    pins.length > 0
      ? presented.some(({ fingerprint }) => pins.includes(fingerprint))
      : presented.some(({ blob }) => knowledge.trusted.some((known) => Buffer.from(known.blob).equals(blob)))
  if (!isTrusted && pins.length > 0) throw changed(host, ['host_key_fingerprints in hosts.json'])
  if (!isTrusted && knowledge.trusted.length > 0)
    throw changed(
      host,
      knowledge.trusted.map(({ place }) => place),
    )
  return { presented, isTrusted }
}

/** Only the key with this fingerprint. @throws HOST_KEY_OTHER when the host did not present it */
export function keyWithFingerprint(host: Host, keys: readonly PresentedKey[], wanted: string): readonly PresentedKey[] {
  const found = keys.filter(({ fingerprint }) => fingerprint === wanted.replace(/=+$/, ''))
  if (found.length > 0) return found
  const shown = keys.map(({ type, fingerprint }) => `${type} ${fingerprint}`).join(', ')
  throw runtimeErrors.error('HOST_KEY_OTHER', {
    message: `${host.hostId} did not present ${printable(wanted)}, but ${shown}. Nothing was written.`,
  })
}

/** Writes keys that a person said yes to into known_hosts; resolves with the file. @throws AUDIT_* */
export function trustHostKeys(desk: Desk, host: Host, keys: readonly PresentedKey[]): Promise<string> {
  const [file = '~/.ssh/known_hosts'] = knownHostsFiles(desk)
  const fingerprints = keys.map(({ fingerprint }) => fingerprint)
  const detail = { host_id: host.hostId, hostname: host.hostname, port: host.port, fingerprints, file }
  return journalChange(desk, { command: 'hosts trust', detail }, async () => {
    for (const { blob } of keys) await addKnownHost(file, knownHostsLine(host.hostname, host.port, blob), desk.homeDir)
    return file
  })
}

function refuseRevoked(host: Host, { revoked }: HostKnowledge, presented: readonly PresentedKey[]): void {
  const hits = revoked.filter(({ blob }) => presented.some((key) => Buffer.from(key.blob).equals(blob)))
  if (hits.length === 0) return
  throw transportErrors.error('TRANSPORT_HOST_KEY_REVOKED', {
    message: `${host.hostId} presents a key that is revoked in ${hits.map(({ place }) => place).join(', ')}. Nothing was written.`,
  })
}

function changed(host: Host, places: readonly string[]) {
  return transportErrors.error('TRANSPORT_HOST_KEY_MISMATCH', {
    message: `${host.hostId} presents other keys than the one that is known from ${places.slice(0, 5).join(', ')}. Nothing was written.`,
    next: 'Find out why (reinstalled, or somebody in between). Only when the new key is right: remove the line that is named, then run the same command again.',
  })
}
