import type { AddressInfo } from 'node:net'
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
