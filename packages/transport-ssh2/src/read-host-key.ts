import type { Host } from '@sshmcp/kernel'
import { fingerprint, keyTypeOf, knownHostsLine, transportErrors } from '@sshmcp/transport'
import { algorithmsFor } from './algorithms.ts'
import { dial } from './dial.ts'
import { addressOf } from './host-key-check.ts'
import { loadSsh2 } from './load-ssh2.ts'
import { strictVerifier } from './strict-verifier.ts'

/** The key that a host presents, for a person to compare. Reading it proves nothing. */
export interface PresentedHostKey {
  /** Such as `ssh-ed25519`. */
  readonly type: string
  readonly fingerprint: string
  /** What known_hosts would have to hold to trust it. */
  readonly knownHostsLine: string
}

/**
 * Asks a host for its key and hangs up before anything else is said: no login is tried. For `hosts trust`, which shows the
 * fingerprint to a person (or compares it with one that was given) before it writes the line.
 *
 * @throws TRANSPORT_NAME_UNRESOLVED, TRANSPORT_UNREACHABLE, TRANSPORT_CONNECT_TIMEOUT, TRANSPORT_HANDSHAKE_FAILED
 */
export async function readHostKey(host: Host, signal: AbortSignal): Promise<PresentedHostKey> {
  const { Client } = await loadSsh2()
  const late = () =>
    transportErrors.error('TRANSPORT_CONNECT_TIMEOUT', { message: `${addressOf(host)} did not present a key in time.` })
  const socket = await dial(host, signal).catch((error: unknown) => {
    throw signal.aborted ? late() : error
  })
  const client = new Client()
  try {
    const blob = await new Promise<Buffer>((resolve, reject) => {
      const noKey = (cause?: Error) => {
        const message = `${addressOf(host)} answered, but presented no host key.`
        reject(transportErrors.error('TRANSPORT_HANDSHAKE_FAILED', { message, cause }))
      }
      signal.addEventListener('abort', () => reject(late()), { once: true })
      client.on('error', noKey).once('close', () => noKey())
      // Taken and refused: the connection goes no further than this.
      const refuse = strictVerifier(
        (key) => {
          resolve(key)
          return false
        },
        () => noKey(),
      )
      client.connect({
        sock: socket,
        username: host.sshUser,
        algorithms: algorithmsFor(new Set()),
        hostVerifier: refuse,
        readyTimeout: 0,
      })
    })
    return {
      type: keyTypeOf(blob),
      fingerprint: fingerprint(blob),
      knownHostsLine: knownHostsLine(host.hostname, host.port, blob),
    }
  } finally {
    socket.destroy()
  }
}
