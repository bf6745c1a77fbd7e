import type { Context, MiddlewareHandler } from 'hono'
import type { AppEnv } from './client-address.ts'
import { refuse } from './refuse.ts'

const backInSeconds = 5
/** Of an answer to a form, or of a word that a call is not wanted any more. */
const smallBytes = 65_536

/** Takes nothing new once the server is stopping: only what running calls wait for. */
export function stopGate(stopping: AbortSignal): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    if (stopping.aborted && !(await isForRunningCall(context))) return stoppingAnswer(context)
    await next()
    return undefined
  }
}

/** 503, after which this connection closes: the next request shall go to whoever serves then. */
function stoppingAnswer(context: Context<AppEnv>): Response {
  const message = 'The server is stopping.'
  const headers = { 'retry-after': String(backInSeconds), connection: 'close' }
  if (context.req.header('accept')?.includes('text/html')) {
    return context.text(`${message} Look again in a few seconds.`, 503, headers)
  }
  return refuse(context, { status: 503, code: 'HTTP_STOPPING', message, headers })
}

/** A person's answer to a form of a call, or its cancelling: in JSON-RPC, whatever asks for no answer itself. */
async function isForRunningCall({ req }: Context<AppEnv>): Promise<boolean> {
  if (req.method !== 'POST' || req.path !== '/mcp' || req.header('mcp-session-id') === undefined) return false
  const bytes = Number(req.header('content-length'))
  if (!(bytes <= smallBytes)) return false
  try {
    const message: unknown = await req.raw.clone().json()
    return typeof message === 'object' && message !== null && !Array.isArray(message) && !asks(message)
  } catch {
    // Not JSON, or cut off: nothing that a call waits for.
    return false
  }
}

const asks = (message: object): boolean => 'method' in message && 'id' in message
