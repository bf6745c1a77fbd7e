import { isSshMcpError, type Principal, Secret, type SshMcpError } from '@sshmcp/kernel'
import type { Runtime } from '@sshmcp/runtime'
import type { Context } from 'hono'
import { type AppEnv, clientAddress } from './client-address.ts'
import type { Rate } from './rate.ts'
import { refuse, refuseForNow } from './refuse.ts'

export interface BearerDeps {
  readonly authenticate: Runtime['authenticate']
  /** Of refused tokens, by address. */
  readonly refusals: Rate
  readonly trustedProxyHops: number
  /** Where the RFC 9728 document stands; undefined where no issuer is configured. */
  readonly metadataUrl: string | undefined
  readonly requiredScopes: readonly string[]
}

export interface Caller {
  readonly principal: Principal
  readonly token: Secret
}

/** The caller by the Authorization header of this request, or the answer that refuses it. */
export async function callerOf(context: Context<AppEnv>, deps: BearerDeps): Promise<Caller | Response> {
  const address = clientAddress(context, deps.trustedProxyHops)
  const wait = deps.refusals.waitFor(address)
  if (wait > 0) return refuseForNow(context, 'HTTP_TOO_MANY_REFUSALS', 'Too many tokens were refused.', wait)
  const [, shown] = /^Bearer +([\x21-\x7e]{1,8192}) *$/i.exec(context.req.header('authorization') ?? '') ?? []
  if (shown === undefined) {
    const headers = { 'www-authenticate': challenge(deps) }
    return refuse(context, { status: 401, code: 'HTTP_TOKEN_MISSING', message: 'A bearer token is needed.', headers })
  }
  const token = new Secret(shown)
  try {
    const principal = await deps.authenticate({ kind: 'bearer', token })
    context.set('userId', principal.userId)
    return { principal, token }
  } catch (error) {
    if (!isSshMcpError(error)) throw error
    if (error.code.startsWith('IDENTITY_') && error.code !== 'IDENTITY_KEYS_UNAVAILABLE') deps.refusals.count(address)
    return refused(context, error, deps)
  }
}

/** As {@link callerOf}, for what costs: the request counts for its identity, and one too many is refused. */
export async function countedCallerOf(
  context: Context<AppEnv>,
  deps: BearerDeps,
  requests: Rate,
): Promise<Caller | Response> {
  const caller = await callerOf(context, deps)
  if (caller instanceof Response) return caller
  const { userId } = caller.principal
  const wait = requests.waitFor(userId)
  if (wait > 0) return refuseForNow(context, 'HTTP_TOO_MANY_REQUESTS', 'Too many requests.', wait)
  requests.count(userId)
  return caller
}

function refused(context: Context<AppEnv>, error: SshMcpError, deps: BearerDeps): Response {
  const { code, message, next } = error
  const body = { error: { code, message, next, ...(error.field === undefined ? {} : { field: error.field }) } }
  if (code === 'IDENTITY_CLAIM_INVALID') return context.json(body, 403)
  if (code === 'IDENTITY_SCOPE_MISSING') {
    return context.json(body, 403, { 'www-authenticate': challenge(deps, 'insufficient_scope') })
  }
  if (code.startsWith('IDENTITY_') && code !== 'IDENTITY_KEYS_UNAVAILABLE') {
    return context.json(body, 401, { 'www-authenticate': challenge(deps, 'invalid_token') })
  }
  // Ours to mend, and nothing of it for somebody who has proved nothing.
  return context.json({ error: { code, message: 'Callers cannot be checked at the moment.' } }, 503, {
    'retry-after': '10',
  })
}

function challenge({ metadataUrl, requiredScopes }: BearerDeps, error?: string): string {
  const parts = ['realm="sshmcp"']
  if (error !== undefined) parts.push(`error="${error}"`)
  if (requiredScopes.length > 0) parts.push(`scope="${requiredScopes.join(' ')}"`)
  if (metadataUrl !== undefined) parts.push(`resource_metadata="${metadataUrl}"`)
  return `Bearer ${parts.join(', ')}`
}
