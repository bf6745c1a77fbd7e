import type { Duplex } from 'node:stream'
import { type Host, isSshMcpError, type SshMcpError } from '@sshmcp/kernel'
import {
  type ConnectionEnd,
  type ConnectionFacts,
  type KnownHosts,
  type PrivateKeys,
  transportErrors,
} from '@sshmcp/transport'
import type { Client, ConnectConfig } from 'ssh2'
import { algorithmsFor } from './algorithms.ts'
import type { CertificateLogin, LoginParts, PreparedLogin } from './certificate-login.ts'
import { type Credentials, gatherCredentials } from './credentials.ts'
import { addressOf, type HostKeyCheck, prepareHostKeyCheck } from './host-key-check.ts'
import { loadSsh2 } from './load-ssh2.ts'
import { type Login, prepareLogin } from './login.ts'
import { keepPacketKeys } from './packet-keys.ts'
import { freePacketMemory } from './packet-memory.ts'

/** How connections are kept alive, and noticed when they are not. */
export interface Keepalive {
  /** 0 sends none. */
  readonly intervalSeconds: number
  /** So many without an answer end the connection. */
  readonly countMax: number
}

export interface ClientParts extends LoginParts {
  readonly knownHosts: KnownHosts
  readonly privateKeys: PrivateKeys
  readonly agentSocket: string | undefined
  readonly keepalive: Keepalive
}

/** A client that is logged in on a host whose key was checked. */
export interface OpenedClient {
  readonly client: Client
  readonly facts: ConnectionFacts
  /** Milliseconds since the epoch; undefined for a login with a key. */
  readonly reusableUntil: number | undefined
  readonly closed: Promise<ConnectionEnd>
  readonly isGone: () => boolean
  /** Ends it at once, whatever the network does. ssh2's own `destroy` does nothing once `end` was called. */
  readonly destroy: () => void
}

/**
 * Shakes hands and logs in over a connected stream. The stream is destroyed when that fails.
 *
 * @param certificate undefined for a host that is logged in to with keys
 * @throws TRANSPORT_HOST_KEY_…, TRANSPORT_KNOWN_HOSTS_UNREADABLE, TRANSPORT_AUTH_FAILED, TRANSPORT_HANDSHAKE_FAILED,
 * what making the certificate throws; the signal's reason when aborted
 */
export async function openClient(
  host: Host,
  parts: ClientParts,
  dialled: () => Promise<Duplex>,
  signal: AbortSignal,
  certificate: PreparedLogin | undefined,
): Promise<OpenedClient> {
  const [check, keys, { Client }] = await Promise.all([
    prepareHostKeyCheck(host, parts.knownHosts),
    certificate ?? gatherCredentials(host, parts.privateKeys, parts.agentSocket, signal),
    loadSsh2(),
  ])
  const sock = await dialled()
  const client = new Client()
  keepPacketKeys(client)
  freePacketMemory(client, sock)
  const { credentials, serial, expiresAt } = await offered(client, sock, keys, signal)
  const login = prepareLogin(host, credentials)
  const life = watch(client)
  const config: ConnectConfig = {
    sock,
    username: host.sshUser,
    algorithms: algorithmsFor(check.knownTypes),
    hostVerifier: check.verifier,
    authHandler: login.handler,
    keepaliveInterval: parts.keepalive.intervalSeconds * 1000,
    keepaliveCountMax: parts.keepalive.countMax,
    // One deadline covers connecting, handshake and login; it comes as the signal.
    readyTimeout: 0,
  }
  try {
    await ready(client, config, life, signal)
  } catch (cause) {
    sock.destroy()
    signal.throwIfAborted()
    throw openError(host, check, login, cause)
  }
  const facts: ConnectionFacts = {
    hostKeyFingerprint: check.acceptedFingerprint() ?? '',
    login: host.sshUser,
    authenticatedWith: login.current() ?? '',
    ...(serial === undefined ? {} : { certificateSerial: serial }),
  }
  return { client, facts, reusableUntil: expiresAt, ...life, destroy: () => sock.destroy() }
}

interface Offered extends Partial<Omit<CertificateLogin, 'credentials'>> {
  readonly credentials: Credentials
}

/** Keys as they were gathered, or the certificate that is made now that the connection stands. */
async function offered(
  client: Client,
  sock: Duplex,
  keys: Credentials | PreparedLogin,
  signal: AbortSignal,
): Promise<Offered> {
  if (typeof keys !== 'function') return { credentials: keys }
  try {
    return await keys(client, sock, signal)
  } catch (error) {
    sock.destroy()
    throw error
  }
}

interface Life {
  readonly closed: Promise<ConnectionEnd>
  readonly isGone: () => boolean
}

/** Listens from the beginning to the end: an `error` event that nobody hears would end the process. */
function watch(client: Client): Life {
  let lastError: Error | undefined
  let isGone = false
  client.on('error', (error) => {
    lastError = error
  })
  const closed = new Promise<ConnectionEnd>((resolve) => {
    client.once('close', () => {
      isGone = true
      resolve(
        lastError === undefined
          ? { reason: 'closed', detail: 'The connection was closed.' }
          : { reason: 'lost', detail: `The connection was lost: ${endWords(lastError)}.` },
      )
    })
  })
  return { closed, isGone: () => isGone }
}

function endWords(error: Error & { readonly level?: string }): string {
  if (error.level === 'client-timeout') return 'the host stopped answering'
  if (error.level === 'client-socket') return 'the network broke it'
  return 'the host ended it'
}

function ready(client: Client, config: ConnectConfig, life: Life, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => finish(() => reject(signal.reason))
    const onError = (error: Error & { level?: string }) => {
      // A key that the agent would not sign with: ssh2 goes on to the next one.
      if (error.level !== 'agent') finish(() => reject(error))
    }
    const finish = (settle: () => void) => {
      signal.removeEventListener('abort', onAbort)
      client.removeListener('error', onError)
      settle()
    }
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    client.on('error', onError)
    client.once('ready', () => finish(resolve))
    life.closed.then(({ detail }) => finish(() => reject(new Error(detail))))
    try {
      client.connect(config)
    } catch (error) {
      finish(() => reject(error))
    }
  })
}

/** The one place where ssh2's errors become ours. */
function openError(host: Host, check: HostKeyCheck, login: Login, cause: unknown): SshMcpError {
  if (isSshMcpError(cause)) return cause
  const refusal = check.refusal()
  if (refusal !== undefined) return refusal
  const hasBegunLogin = login.current() !== undefined || levelOf(cause) === 'client-authentication'
  if (hasBegunLogin) return login.failure(cause)
  const what = check.acceptedFingerprint() === undefined ? 'no SSH handshake' : 'the SSH handshake did not end'
  return transportErrors.error('TRANSPORT_HANDSHAKE_FAILED', {
    message: `${addressOf(host)} answered, but ${what}: ${handshakeWords(cause)}.`,
    cause,
  })
}

function levelOf(cause: unknown): unknown {
  return cause instanceof Error && 'level' in cause ? cause.level : undefined
}

/** ssh2's own words for what failed, where they are fixed ones; never what the host wrote. */
function handshakeWords(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : ''
  const list = /no matching (key exchange algorithm|host key format|C->S cipher|S->C cipher|C->S MAC|S->C MAC)/.exec(
    message,
  )
  if (list !== null) return `no common ${list[1]}`
  if (/greeting|ident|header|line/i.test(message)) return 'what came is not an SSH greeting'
  if (/before handshake/.test(message)) return 'the connection was closed before a greeting'
  return 'the connection broke off'
}
