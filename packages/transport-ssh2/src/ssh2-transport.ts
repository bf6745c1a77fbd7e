import type { Duplex } from 'node:stream'
import type { Clock, Host, HostId } from '@sshmcp/kernel'
import {
  type ConnectPurpose,
  type KnownHosts,
  type PrivateKeys,
  type SshConnection,
  type SshTransport,
  transportErrors,
} from '@sshmcp/transport'
import type { PrepareIdentity } from './certificate-login.ts'
import { dial } from './dial.ts'
import { cancelled } from './exec-open.ts'
import { addressOf } from './host-key-check.ts'
import { jumpChain, tunnel } from './jump.ts'
import { LoginShells } from './login-shells.ts'
import { type Keepalive, type OpenedClient, openClient } from './open-client.ts'
import { Ssh2Connection } from './ssh2-connection.ts'

export interface Ssh2TransportDeps {
  /** Read for every connection. */
  readonly knownHosts: KnownHosts
  /** Read for every connection. */
  readonly privateKeys: PrivateKeys
  /** `SSH_AUTH_SOCK` as the environment has it. */
  readonly agentSocket: string | undefined
  readonly clock: Clock
  /** Connecting, handshake and login together, all hops of a jump chain included. */
  readonly connectTimeoutSeconds: number
  readonly keepalive: Keepalive
  /** Makes identities for hosts with `certificate`; without it no such host is connected. */
  readonly prepareIdentity?: PrepareIdentity | undefined
  /** Looks up the host that a `proxy_jump` names; throws when there is none. Without it every `proxy_jump` is refused. */
  readonly jumpHost?: (id: HostId) => Host
}

/** Makes connections by ssh2, which is loaded when the first one is made. */
export function createSsh2Transport(deps: Ssh2TransportDeps): SshTransport {
  const shells = new LoginShells()
  const connect = async (host: Host, signal: AbortSignal, purpose?: ConnectPurpose): Promise<SshConnection> => {
    if (signal.aborted) throw cancelled()
    const deadline = AbortSignal.timeout(deps.connectTimeoutSeconds * 1000)
    try {
      const opened = await openAlong(
        [...jumpChain(host, deps.jumpHost), host],
        deps,
        AbortSignal.any([signal, deadline]),
        purpose,
      )
      return new Ssh2Connection({
        ...opened,
        host,
        shells,
        monotonic: () => deps.clock.monotonic(),
        reconnect: (again) => connect(host, again, purpose),
      })
    } catch (error) {
      if (signal.aborted) throw cancelled()
      if (deadline.aborted) throw tooLate(host, deps.connectTimeoutSeconds)
      throw error
    }
  }
  return { connect }
}

/** Opens each host through the one before it. When one fails, those before it are closed. */
export async function openAlong(
  way: readonly Host[],
  deps: Ssh2TransportDeps,
  signal: AbortSignal,
  purpose?: ConnectPurpose,
): Promise<OpenedClient> {
  let hop: { readonly host: Host; readonly opened: OpenedClient } | undefined
  for (const host of way) {
    const before = hop
    const dialled = (): Promise<Duplex> =>
      before === undefined ? dial(host, signal) : tunnel(before.opened, before.host, host, signal)
    try {
      const opened = await openClient(host, deps, dialled, signal, purpose)
      // A channel through a hop that does not answer can only be ended from below.
      const destroy = () => {
        opened.destroy()
        before?.opened.destroy()
      }
      hop = { host, opened: { ...opened, destroy } }
    } catch (error) {
      before?.opened.destroy()
      throw error
    }
  }
  if (hop === undefined) throw new Error('a way has at least its own host')
  return hop.opened
}

function tooLate(host: Host, seconds: number): Error {
  return transportErrors.error('TRANSPORT_CONNECT_TIMEOUT', {
    message: `${addressOf(host)} was not connected and logged in within ${seconds} s. Nothing was run.`,
  })
}
