import { createServer, type Server } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'
import { portOf } from './token-proxy.ts'

const client = { id: 'editor', secret: 'a-secret-of-the-test' }

/** A real authorization server on loopback: discovery, keys and tokens are those of `oidc-provider`. */
export class AuthorizationServer {
  readonly url: string
  readonly #server: Server

  private constructor(server: Server, url: string) {
    this.#server = server
    this.url = url
  }

  static async start(): Promise<AuthorizationServer> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true })
    const jwk = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' }
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${portOf(server.address())}`
    const provider = new Provider(url, {
      jwks: { keys: [jwk] },
      clients: [
        {
          client_id: client.id,
          client_secret: client.secret,
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
        },
      ],
      features: {
        clientCredentials: { enabled: true },
        devInteractions: { enabled: false },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (_, resource) => ({
            scope: 'ssh',
            audience: resource,
            accessTokenFormat: 'jwt',
            accessTokenTTL: 300,
            jwt: { sign: { alg: 'RS256' } },
          }),
        },
      },
      extraTokenClaims: () => ({ roles: ['operator'] }),
    })
    server.on('request', provider.callback())
    return new AuthorizationServer(server, url)
  }

  /** An access token for one resource (RFC 8707), by client credentials. */
  async tokenFor(resource: string, scope = 'ssh'): Promise<string> {
    const response = await fetch(`${this.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${client.id}:${client.secret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope }),
    })
    const said: unknown = await response.json()
    if (typeof said === 'object' && said !== null && 'access_token' in said) return String(said.access_token)
    throw new Error(`no token: ${response.status} ${JSON.stringify(said)}`)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
