import { afterAll, beforeAll, expect, test } from 'vitest'
import { AuthorizationServer } from './support/authorization-server.ts'
import { HttpBench } from './support/http-bench.ts'

const audience = 'https://ssh.example.org/mcp'
const list = { id: 1, method: 'tools/list' }

let issuer: AuthorizationServer
let bench: HttpBench
beforeAll(async () => {
  issuer = await AuthorizationServer.start()
  const jwt = {
    ...{ issuer: issuer.url, audience, jwks_url: `${issuer.url}/jwks` },
    ...{ user_claim: 'client_id', required_scopes: ['ssh'] },
  }
  bench = await HttpBench.start({ http: { public_url: 'https://ssh.example.org', jwt } })
  // The issuer's tokens carry the time of this machine.
  bench.clock.advance(Date.now() - bench.clock.now())
})
afterAll(async () => {
  await bench?.close()
  await issuer?.stop()
})

test('the metadata leads to the issuer, and the token that it gives for this resource works', async () => {
  const metadata: unknown = await (await bench.request('/.well-known/oauth-protected-resource/mcp')).json()
  expect(metadata).toMatchObject({ resource: audience, authorization_servers: [issuer.url] })
  const discovered = await (await fetch(`${issuer.url}/.well-known/openid-configuration`)).json()
  expect(discovered).toMatchObject({ issuer: issuer.url, jwks_uri: `${issuer.url}/jwks` })
  const token = await issuer.tokenFor(audience)
  const session = await bench.open(token)
  expect(await bench.call(token, session, 'list_hosts')).toMatchObject({ hosts: [{ host_id: 'web-1' }] })
})

test('the token that it gives for another resource is refused, with the way to the right one', async () => {
  const response = await bench.rpc(await issuer.tokenFor('https://other.example.org/mcp'), list)
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toMatch(/error="invalid_token".*resource_metadata="/)
})

test('a token without the scope is told which one it lacks', async () => {
  const response = await bench.rpc(await issuer.tokenFor(audience, ''), list)
  expect(response.status).toBe(403)
  expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope", scope="ssh"')
})
