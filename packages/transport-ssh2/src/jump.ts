import type { Duplex } from 'node:stream'
import type { Host, HostId } from '@sshmcp/kernel'
import { transportErrors } from '@sshmcp/transport'
import { addressOf } from './host-key-check.ts'
import type { OpenedClient } from './open-client.ts'

/**
 * The hosts to go through, first hop first; empty for a direct connection.
 *
 * @throws TRANSPORT_JUMP_INVALID when a name is unknown or the chain comes back to itself
 */
export function jumpChain(host: Host, find: ((id: HostId) => Host) | undefined): readonly Host[] {
  const chain: Host[] = []
  const seen = new Set<string>([host.hostId])
  for (let at = host; at.proxyJump !== undefined; ) {
    if (seen.has(at.proxyJump)) {
      const way = [host, ...chain].map(({ hostId }) => hostId).join(' → ')
      throw transportErrors.error('TRANSPORT_JUMP_INVALID', {
        message: `The proxy_jump of ${host.hostId} goes round in a circle: ${way} → ${at.proxyJump}.`,
      })
    }
    seen.add(at.proxyJump)
    at = findJump(at, at.proxyJump, find)
    chain.unshift(at)
  }
  return chain
}

function findJump(from: Host, id: HostId, find: ((id: HostId) => Host) | undefined): Host {
  try {
    if (find !== undefined) return find(id)
  } catch (cause) {
    throw unknownJump(from, id, cause)
  }
  throw unknownJump(from, id, undefined)
}

function unknownJump(from: Host, id: HostId, cause: unknown): Error {
  return transportErrors.error('TRANSPORT_JUMP_INVALID', {
    message: `The proxy_jump of ${from.hostId} names ${id}, which is not in hosts.json.`,
    cause,
  })
}

/**
 * A stream through one host to the next, which closes the hop when it ends.
 *
 * @throws TRANSPORT_UNREACHABLE when the hop reports that it cannot reach the next host
 */
export function tunnel(hop: OpenedClient, hopHost: Host, next: Host, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    hop.client.forwardOut('127.0.0.1', 0, next.hostname, next.port, (error, channel) => {
      signal.removeEventListener('abort', onAbort)
      if (signal.aborted) return channel?.destroy()
      if (error !== undefined) {
        const message = `${addressOf(hopHost)} made no connection to ${addressOf(next)}.`
        return reject(transportErrors.error('TRANSPORT_UNREACHABLE', { message, cause: error }))
      }
      channel.once('close', () => hop.client.end())
      resolve(channel)
    })
  })
}
