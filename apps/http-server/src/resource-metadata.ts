import type { HttpConfig } from '@sshmcp/runtime/http'
import { Hono } from 'hono'

export const metadataPath = '/.well-known/oauth-protected-resource'

/** The RFC 9728 document: where a client gets tokens for this server. */
export function resourceMetadata(jwt: NonNullable<HttpConfig['http']['jwt']>): Hono {
  const metadata = {
    resource: jwt.audience,
    authorization_servers: [jwt.issuer],
    bearer_methods_supported: ['header'],
    scopes_supported: jwt.requiredScopes,
  }
  const routes = new Hono()
  for (const path of [metadataPath, `${metadataPath}/mcp`]) routes.get(path, (context) => context.json(metadata))
  return routes
}
