import { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ServerType } from '@hono/node-server'
import type { Secret } from '@sshmcp/kernel'

/** Slow or endless requests end here, before they hold what others need. */
export const serverOptions = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 15_000,
  connectionsCheckingInterval: 1_000,
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
