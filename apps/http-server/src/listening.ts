import { type EventEmitter, once } from 'node:events'
import { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ServerType } from '@hono/node-server'
import { kernelErrors, type Secret } from '@sshmcp/kernel'

/** Slow or endless requests end here, before they hold what others need. */
export const serverOptions = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 15_000,
  connectionsCheckingInterval: 1_000,
}

interface Wanted {
  readonly hostname: string
  readonly port: number
}

/** Resolves once the server listens. @throws CONFIG_INVALID when it may not or cannot */
export async function listening(server: EventEmitter, wanted: Wanted): Promise<void> {
  try {
    await once(server, 'listening')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const { why, next } = refusals[code] ?? { why: `cannot be listened on (${code})`, next: 'Choose another address.' }
    const message = `${wanted.hostname}, port ${wanted.port}: ${why}.`
    throw kernelErrors.error('CONFIG_INVALID', { message, next, cause })
  }
}

const refusals: Readonly<Record<string, { readonly why: string; readonly next: string }>> = {
  EADDRINUSE: {
    why: 'something listens there already, perhaps this server from before',
    next: 'End that one, or set SSH_MCP_PORT to a port that is free.',
  },
  EACCES: {
    why: 'this account may not listen there',
    next: 'Set SSH_MCP_PORT to a port from 1024 on, and let a proxy serve the one below (docs/deploy.md).',
  },
  EADDRNOTAVAIL: {
    why: 'this machine does not have that address',
    next: 'Set SSH_MCP_HOST to an address of this machine, such as 127.0.0.1.',
  },
  ENOTFOUND: {
    why: 'that name has no address',
    next: 'Set SSH_MCP_HOST to an address of this machine, such as 127.0.0.1.',
  },
}

/** Says where the server is; with `--dev` also its token, this once and nowhere else. */
export function announce(
  address: AddressInfo | string | null,
  devToken: Secret | undefined,
  log: (line: string) => void,
): void {
  if (address === null || typeof address === 'string') return
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  log(`listening on http://${host}:${address.port}`)
  if (devToken !== undefined) log(`--dev: every role, until this process ends, with the token ${devToken.reveal()}`)
}

/** Answers that are on their way may get there; a client that does not read holds nobody up for longer. */
const lastAnswersMs = 1_000

/** Takes no more connections, and ends those that are there. */
export async function closeServer(server: ServerType): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const cutOff = setTimeout(() => {
    if (server instanceof Server) server.closeAllConnections()
  }, lastAnswersMs)
  await closed
  clearTimeout(cutOff)
}
