import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

/** What the app knows of a request besides the request. */
export interface AppEnv {
  readonly Bindings: Partial<HttpBindings>
  readonly Variables: { requestId: string; userId: string }
}

/** Whence a request came: what the trusted proxies say, counted from ours outwards, else the socket. */
export function clientAddress(context: Context<AppEnv>, trustedProxyHops: number): string {
  const socket = context.env?.incoming?.socket.remoteAddress ?? 'unknown'
  if (trustedProxyHops === 0) return socket
  const told = (context.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim())
  return told.at(-trustedProxyHops) || socket
}
