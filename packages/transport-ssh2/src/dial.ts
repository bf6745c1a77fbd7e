import { connect as connectTcp, type Socket } from 'node:net'
import type { Host, SshMcpError } from '@sshmcp/kernel'
import { transportErrors } from '@sshmcp/transport'
import { addressOf } from './host-key-check.ts'

/**
 * Opens a TCP connection with TCP_NODELAY from the first byte: ssh2 leaves Nagle's algorithm on, which costs some 40 ms on
 * every small exchange (an exec is several).
 *
 * @throws TRANSPORT_NAME_UNRESOLVED, TRANSPORT_UNREACHABLE; the signal's reason when aborted
 */
export function dial(host: Host, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const socket = connectTcp({
      host: host.hostname,
      port: host.port,
      noDelay: true,
      // Node gives each address 250 ms by default, too little for a slow link to a host with two addresses.
      autoSelectFamilyAttemptTimeout: 2_500,
    })
    const onAbort = () => {
      socket.destroy()
      reject(signal.reason)
    }
    const onError = (cause: NodeJS.ErrnoException) => {
      signal.removeEventListener('abort', onAbort)
      reject(dialError(host, cause))
    }
    signal.addEventListener('abort', onAbort, { once: true })
    socket.once('error', onError)
    socket.once('connect', () => {
      signal.removeEventListener('abort', onAbort)
      socket.removeListener('error', onError)
      // Until ssh2 listens, an early reset must not be an uncaught error.
      socket.on('error', () => {})
      gatherWrites(socket)
      resolve(socket)
    })
  })
}

/**
 * Sends what is written in one go as one piece. ssh2 writes each packet as three (length, body, tag), and with TCP_NODELAY
 * each of them would be a system call, a segment and a wake-up of the host.
 */
function gatherWrites(socket: Socket): void {
  const write = socket.write.bind(socket)
  let isGathering = false
  const gather = (...args: Parameters<typeof write>): boolean => {
    if (!isGathering) {
      isGathering = true
      socket.cork()
      process.nextTick(() => {
        isGathering = false
        socket.uncork()
      })
    }
    return write(...args)
  }
  // Writable: Node puts another `write` there when the host has ended its side.
  Object.defineProperty(socket, 'write', { value: gather, configurable: true, writable: true })
}

/** What the operating system says, in our words. */
function dialError(host: Host, cause: NodeJS.ErrnoException): SshMcpError {
  const code = cause.code ?? 'unknown error'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_FAIL') {
    return transportErrors.error('TRANSPORT_NAME_UNRESOLVED', {
      message: `No address for ${addressOf(host)} (${code}).`,
      cause,
    })
  }
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nothing listens there',
    EHOSTUNREACH: 'there is no way to the host',
    ENETUNREACH: 'there is no way to the network',
    ETIMEDOUT: 'the host did not answer',
    ECONNRESET: 'the host closed the connection at once',
  }
  const why = words[code] === undefined ? code : `${words[code]}, ${code}`
  return transportErrors.error('TRANSPORT_UNREACHABLE', {
    message: `No connection to ${addressOf(host)}: ${why}.`,
    cause,
  })
}
