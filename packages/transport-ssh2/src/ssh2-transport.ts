import type { Duplex } from 'node:stream'
import { type Clock, type Host, type HostId, runsOneCommand } from '@sshmcp/kernel'
import {
  type ConnectionFacts,
  type ConnectPurpose,
  type KnownHosts,
  type PrivateKeys,
  type SshTransport,
  transportErrors,
} from '@sshmcp/transport'
import {
  type ConnectionUse,
  oneCommandOnly,
  type PreparedLogin,
  type PrepareIdentity,
  prepareCertificateLogin,
} from './certificate-login.ts'
import { dial } from './dial.ts'
import { cancelled } from './exec-open.ts'
import { addressOf } from './host-key-check.ts'
import { jumpChain, tunnel } from './jump.ts'
import { LoginShells } from './login-shells.ts'
import { OneCommandConnection, type OneCommandParts } from './one-command-connection.ts'
import { type Keepalive, type OpenedClient, openClient } from './open-client.ts'
import { fence } from './process-fence.ts'
import { randomMarker } from './random-marker.ts'
import { requireForcible, runPlain } from './run-line.ts'
import { Ssh2Connection } from './ssh2-connection.ts'

/** What a transport by ssh2 is made of. */
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
  const monotonic = () => deps.clock.monotonic()
  const connect: SshTransport['connect'] = (host, signal, purpose) => {
    if (runsOneCommand(host)) return connectForOne({ deps, shells, host, purpose }, signal)
    return inTime(host, deps, signal, async (within) => {
      const opened = await openAlong(wayTo(host, deps), deps, within, purpose)
      const reconnect = (again: AbortSignal) => connect(host, again, purpose)
      return new Ssh2Connection({ ...opened, host, shells, monotonic, reconnect })
    })
  }
  return { connect }
}

interface Wanted {
  readonly deps: Ssh2TransportDeps
  readonly shells: LoginShells
  readonly host: Host
  readonly purpose: ConnectPurpose | undefined
}

/** Connects for the one line of the purpose. Whatever else has to run gets a connection of its own as well. */
async function connectForOne(
  { deps, shells, host, purpose }: Wanted,
  signal: AbortSignal,
): Promise<OneCommandConnection> {
  if (purpose?.line === undefined) throw oneCommandOnly(host)
  const open = (line: string, tool: string, until: AbortSignal): Promise<OpenedClient> =>
    inTime(host, deps, until, (within) =>
      openAlong(wayTo(host, deps), deps, within, { ...purpose, tool }, { kind: 'line', line }),
    )
  const runApart: OneCommandParts['runApart'] = async (line, what, until) => {
    const { client, isGone, destroy } = await open(line, `${purpose.tool}:${what}`, until)
    try {
      return await runPlain({ client, isGone, destroy, address: addressOf(host) }, line, '', until)
    } finally {
      client.end()
    }
  }
  const { line } = purpose
  const fenced = fence(line, randomMarker(), shells.of(host))
  requireForcible(fenced.line)
  const opened = await open(fenced.line, purpose.tool, signal)
  return new OneCommandConnection({
    host,
    opened,
    line,
    fenced,
    shells,
    monotonic: () => deps.clock.monotonic(),
    runApart,
  })
}

/** Puts the time for connecting on it, and says which of the two ends came. */
async function inTime<T>(
  host: Host,
  { connectTimeoutSeconds }: Ssh2TransportDeps,
  signal: AbortSignal,
  work: (within: AbortSignal) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw cancelled()
  const deadline = AbortSignal.timeout(connectTimeoutSeconds * 1000)
  try {
    return await work(AbortSignal.any([signal, deadline]))
  } catch (error) {
    if (signal.aborted) throw cancelled()
    if (deadline.aborted) throw tooLate(host, connectTimeoutSeconds)
    throw error
  }
}

function wayTo(host: Host, { jumpHost }: Ssh2TransportDeps): readonly Host[] {
  return [...jumpChain(host, jumpHost), host]
}

/**
 * Opens each host through the one before it. When one fails, those before it are closed.
 *
 * @param use what the last one is for; the others are gone through
 */
export async function openAlong(
  way: readonly Host[],
  deps: Ssh2TransportDeps,
  signal: AbortSignal,
  purpose?: ConnectPurpose,
  use: ConnectionUse = { kind: 'commands' },
): Promise<OpenedClient> {
  // All of them before the first is dialled: a CA that cannot sign costs no host anything.
  const stops: { readonly host: Host; readonly certificate: PreparedLogin | undefined }[] = []
  for (const host of way) {
    const own: ConnectionUse = host === way.at(-1) ? use : { kind: 'way' }
    stops.push({ host, certificate: await prepareCertificateLogin(host, own, deps, purpose, signal) })
  }
  let hop: { readonly host: Host; readonly opened: OpenedClient } | undefined
  for (const { host, certificate } of stops) {
    const before = hop
    const dialled = (): Promise<Duplex> =>
      before === undefined ? dial(host, signal) : tunnel(before.opened, before.host, host, signal)
    try {
      const opened = await openClient(host, deps, dialled, signal, certificate)
      // A channel through a hop that does not answer can only be ended from below.
      const destroy = () => {
        opened.destroy()
        before?.opened.destroy()
      }
      hop = { host, opened: { ...opened, destroy, facts: factsAlong(opened.facts, before?.opened.facts) } }
    } catch (error) {
      before?.opened.destroy()
      throw error
    }
  }
  if (hop === undefined) throw new Error('a way has at least its own host')
  return hop.opened
}

/** A certificate that opened the way holds the connection as its own does: when it is revoked, both end. */
function factsAlong(facts: ConnectionFacts, way: ConnectionFacts | undefined): ConnectionFacts {
  const serials = [
    ...(way?.wayCertificateSerials ?? []),
    ...(way?.certificateSerial === undefined ? [] : [way.certificateSerial]),
  ]
  return serials.length === 0 ? facts : { ...facts, wayCertificateSerials: serials }
}

function tooLate(host: Host, seconds: number): Error {
  return transportErrors.error('TRANSPORT_CONNECT_TIMEOUT', {
    message: `${addressOf(host)} was not connected and logged in within ${seconds} s. Nothing was run.`,
  })
}
