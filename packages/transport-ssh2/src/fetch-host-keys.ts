import type { Duplex } from 'node:stream'
import type { Host } from '@sshmcp/kernel'
import { type ConnectPurpose, fingerprint, keyTypeOf, transportErrors } from '@sshmcp/transport'
import { algorithmsFor, hostKeyAlgorithms } from './algorithms.ts'
import { dial } from './dial.ts'
import { cancelled } from './exec-open.ts'
import { addressOf } from './host-key-check.ts'
import { jumpChain, tunnel } from './jump.ts'
import { loadSsh2 } from './load-ssh2.ts'
import { openAlong, type Ssh2TransportDeps } from './ssh2-transport.ts'
import { strictVerifier } from './strict-verifier.ts'

/** A key that a host presented. Nobody has said yet that it is the right one. */
export interface PresentedKey {
  /** Such as `ssh-ed25519`. */
  readonly type: string
  readonly blob: Uint8Array
  /** `SHA256:…` as `ssh-keygen -lf` prints it. */
  readonly fingerprint: string
}

/**
 * Asks a host for its keys, one connection for each type, and trusts none: no login is tried, nothing of ours is sent. The
 * hosts on the way (`proxy_jump`) are logged in to and have to be known.
 *
 * @param purpose stands in the log of a host on the way that is logged in to with a certificate
 * @throws TRANSPORT_NAME_UNRESOLVED, TRANSPORT_UNREACHABLE, TRANSPORT_CONNECT_TIMEOUT, TRANSPORT_HANDSHAKE_FAILED when no
 * key came, and whatever the way there throws
 */
export async function fetchHostKeys(
  host: Host,
  deps: Ssh2TransportDeps,
  signal: AbortSignal,
  purpose?: ConnectPurpose,
): Promise<readonly PresentedKey[]> {
  const deadline = AbortSignal.timeout(deps.connectTimeoutSeconds * 1000)
  const either = AbortSignal.any([signal, deadline])
  const keys: PresentedKey[] = []
  try {
    for (const { algorithms } of hostKeyAlgorithms) {
      const blob = await presented(await reach(host, deps, either, purpose), algorithms, either)
      if (blob !== undefined) keys.push({ type: keyTypeOf(blob), blob, fingerprint: fingerprint(blob) })
    }
  } catch (error) {
    if (signal.aborted) throw cancelled()
    if (deadline.aborted) {
      throw transportErrors.error('TRANSPORT_CONNECT_TIMEOUT', {
        message: `${addressOf(host)} did not show its keys within ${deps.connectTimeoutSeconds} s.`,
      })
    }
    throw error
  }
  if (keys.length > 0) return keys
  throw transportErrors.error('TRANSPORT_HANDSHAKE_FAILED', {
    message: `${addressOf(host)} answered, but showed no host key of a type that is spoken here.`,
  })
}

async function reach(
  host: Host,
  deps: Ssh2TransportDeps,
  signal: AbortSignal,
  purpose: ConnectPurpose | undefined,
): Promise<Duplex> {
  const chain = jumpChain(host, deps.jumpHost)
  const hop = chain.at(-1)
  if (hop === undefined) return dial(host, signal)
  return tunnel(await openAlong(chain, deps, signal, purpose, { kind: 'way' }), hop, host, signal)
}

/** The key that comes when only these algorithms are offered; undefined when the host has none of them. */
async function presented(
  sock: Duplex,
  algorithms: readonly string[],
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const { Client } = await loadSsh2()
  const client = new Client()
  const { serverHostKey, ...others } = algorithmsFor(new Set())
  const wanted = Array.isArray(serverHostKey) ? serverHostKey.filter((name) => algorithms.includes(name)) : []
  let blob: Uint8Array | undefined
  const ended = new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    // Refusing the key ends the handshake by an error: that is the plan. Whatever else goes wrong leaves no key.
    client.on('error', () => resolve())
    client.once('close', () => resolve())
    const verifier = strictVerifier(
      (key) => {
        blob = key
        return false
      },
      () => resolve(),
    )
    client.connect({
      sock,
      username: 'host-key',
      algorithms: { ...others, serverHostKey: wanted },
      hostVerifier: verifier,
      authHandler: () => false,
      readyTimeout: 0,
    })
  })
  try {
    signal.throwIfAborted()
    await ended
    return blob
  } finally {
    client.destroy()
    sock.destroy()
  }
}
