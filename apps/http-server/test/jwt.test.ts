import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { loadHttpConfig } from '@sshmcp/runtime/http'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { HttpBench, TestIssuer } from './support/http-bench.ts'
import { visitor } from './support/page-bench.ts'

let issuer: TestIssuer
let bench: HttpBench
beforeAll(async () => {
  issuer = await TestIssuer.start()
})
afterAll(() => issuer.stop())
beforeEach(async () => {
  bench = await HttpBench.start({
    http: { public_url: 'https://ssh.example.org', jwt: issuer.section({ required_scopes: ['ssh'] }) },
  })
})
afterEach(() => bench.close())

const good = { preferred_username: 'carol', scope: 'openid ssh' }
const sign = (claims: object) => issuer.sign({ ...good, ...claims }, bench.clock.now())
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const unsigned = async (header: object) => `${base64(header)}.${(await sign({})).split('.')[1]}`
const seconds = () => Math.floor(bench.clock.now() / 1000)

test('a genuine token of the issuer is somebody, with the roles that it names', async () => {
  const token = await sign({ roles: ['operator', 'offline_access'] })
  const session = await bench.open(token)
  expect(await bench.call(token, session, 'list_hosts')).toMatchObject({ hosts: [{ host_id: 'web-1' }] })
  expect(await bench.call(token, session, 'get_audit_logs')).toMatchObject({
    error: { code: expect.stringMatching(/^POLICY_/) },
  })
})

test('the same token signs its person in on the pages', async () => {
  const carol = visitor(bench.http.app, 'https://ssh.example.org')
  expect((await carol.signIn(await sign({}))).status).toBe(303)
  const page = await carol.text('/hosts')
  expect(page).toContain('carol')
  expect(page).toContain('web-1')
})

test('http.json as docs/deploy.md has it says what to take of whom', () => {
  const page = readFileSync(new URL('../../../docs/deploy.md', import.meta.url), 'utf8')
  const [, json = ''] = /^```json\n([\s\S]*?)^```$/m.exec(page) ?? []
  bench.folder.write('http.json', json)
  const { http } = loadHttpConfig(bench.folder.surroundings(), { isDev: false, isBehindProxy: false })
  expect(http).toMatchObject({
    publicUrl: 'https://ssh.example.org',
    trustedProxyHops: 1,
    jwt: { audience: 'https://ssh.example.org/mcp', userClaim: 'preferred_username', requiredScopes: ['ssh'] },
  })
})

test.each<[string, () => Promise<string>]>([
  ['expired', () => sign({ exp: seconds() - 60 })],
  ['not yet valid', () => sign({ nbf: seconds() + 60 })],
  ['without an end', () => sign({ exp: undefined })],
  ['for another audience', () => sign({ aud: 'https://other.example.org' })],
  ['without an audience', () => sign({ aud: undefined })],
  ['of another issuer', () => sign({ iss: 'https://evil.example.org' })],
  ['alg none', async () => `${await unsigned({ alg: 'none' })}.`],
  [
    'HS256 with the public key',
    async () => {
      const text = await unsigned({ alg: 'HS256', kid: 'one' })
      return `${text}.${createHmac('sha256', issuer.publicPem).update(text).digest('base64url')}`
    },
  ],
  [
    'another key under the same name',
    async () => {
      const impostor = await TestIssuer.start()
      const token = await impostor.sign({ ...good, iss: issuer.url }, bench.clock.now())
      await impostor.stop()
      return token
    },
  ],
  ['a broken signature', async () => `${(await sign({})).slice(0, -8)}AAAAAAAA`],
])('%s is a 401 that names the metadata', async (_, make) => {
  const response = await bench.rpc(await make(), { id: 1, method: 'tools/list' })
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe(
    'Bearer realm="sshmcp", error="invalid_token", scope="ssh", resource_metadata="https://ssh.example.org/.well-known/oauth-protected-resource/mcp"',
  )
})

test('a token that ends in the middle of a session ends there, with the same challenge', async () => {
  const token = await sign({ exp: seconds() + 300 })
  const session = await bench.open(token)
  const list = () => bench.rpc(token, { id: 1, method: 'tools/list' }, { 'mcp-session-id': session })
  expect((await list()).status).toBe(200)
  // Its end, and five seconds for clocks that differ.
  bench.clock.advance(306_000)
  const response = await list()
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"')
})

test('a missing scope is a 403 that asks for it', async () => {
  const response = await bench.rpc(await sign({ scope: 'openid' }), { id: 1, method: 'tools/list' })
  expect(response.status).toBe(403)
  expect(response.headers.get('www-authenticate')).toMatch(/error="insufficient_scope", scope="ssh"/)
})

test.each([
  ['preferred_username', { preferred_username: 'Carol Smith' }],
  ['preferred_username', { preferred_username: 'local:dana' }],
  ['preferred_username', { preferred_username: undefined }],
  ['roles', { roles: ['nobody'] }],
])('an unusable claim %s is a 403 that names it: %o', async (claim, claims) => {
  const response = await bench.rpc(await sign(claims), { id: 1, method: 'tools/list' })
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({
    error: { code: 'IDENTITY_CLAIM_INVALID', field: claim, message: expect.stringContaining(claim) },
  })
})

test('the metadata names the resource and its issuer', async () => {
  for (const path of ['', '/mcp']) {
    const response = await bench.request(`/.well-known/oauth-protected-resource${path}`)
    expect(await response.json()).toEqual({
      resource: 'https://ssh.example.org/mcp',
      authorization_servers: [issuer.url],
      bearer_methods_supported: ['header'],
      scopes_supported: ['ssh'],
    })
  }
})

test('an issuer that cannot be reached is a 503, and tokens of identities.json still work', async () => {
  await bench.close()
  bench = await HttpBench.start({ http: { jwt: issuer.section({ jwks_url: 'http://127.0.0.1:1/jwks' }) } })
  expect((await bench.rpc(await sign({}), { id: 1, method: 'tools/list' })).status).toBe(503)
  await bench.open('token-of-alice')
})
