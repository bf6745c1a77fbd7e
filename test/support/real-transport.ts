import { readFileSync } from 'node:fs'
import { type Host, systemClock } from '@sshmcp/kernel'
import { aHost } from '@sshmcp/kernel/testing'
import type { SshTransport } from '@sshmcp/transport'
import { MemoryKnownHosts, MemoryPrivateKeys } from '@sshmcp/transport/testing'
import { createSsh2Transport, type Ssh2TransportDeps } from '@sshmcp/transport-ssh2'

/** A started test host, sshd or Dropbear. */
export interface ReachableHost {
  readonly port: number
  readonly user: string
  readonly identityFile: string
}

/** The host as hosts.json would describe it. */
export function hostOf(target: ReachableHost, overrides: Partial<Host> = {}): Host {
  return aHost({ hostname: '127.0.0.1', port: target.port, sshUser: target.user, identityFile: 'key', ...overrides })
}

/** A transport that knows the host's key and has the key that it lets in. */
export function transportTo(
  target: ReachableHost,
  knownHostsLines: readonly string[],
  overrides: Partial<Ssh2TransportDeps> = {},
): SshTransport {
  return createSsh2Transport({
    knownHosts: new MemoryKnownHosts(knownHostsLines),
    privateKeys: new MemoryPrivateKeys({ key: readFileSync(target.identityFile, 'utf8') }),
    agentSocket: undefined,
    clock: systemClock,
    connectTimeoutSeconds: 20,
    keepalive: { intervalSeconds: 15, countMax: 3 },
    ...overrides,
  })
}

/** The lines of a known_hosts file. */
export function linesOf(path: string): readonly string[] {
  return readFileSync(path, 'utf8').trim().split('\n')
}
