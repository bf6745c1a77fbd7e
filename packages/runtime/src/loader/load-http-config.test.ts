import { tokenSha256 } from '@sshmcp/identity'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ConfigFolder, configFolder } from '../testing/config-folder.ts'
import { boundTo, type HttpFlags, loadHttpConfig } from './load-http-config.ts'

let folder: ConfigFolder
beforeEach(() => {
  folder = configFolder()
})
afterEach(() => folder.remove())

const identities = { identities: [{ user_id: 'alice', roles: ['operator'], token_sha256: tokenSha256('sesame') }] }
const jwt = {
  issuer: 'https://id.example.org',
  audience: 'https://ssh.example.org/mcp',
  jwks_url: 'https://id.example.org/keys',
}
const load = (env: Readonly<Record<string, string>> = {}, flags: Partial<HttpFlags> = {}) =>
  loadHttpConfig(folder.surroundings(env), { isDev: false, isBehindProxy: false, ...flags })
const refuses = (says: RegExp, env: Readonly<Record<string, string>> = {}, flags: Partial<HttpFlags> = {}) => {
  let refusal: unknown
  try {
    load(env, flags)
  } catch (error) {
    refusal = error
  }
  expect(refusal).toMatchObject({ code: 'CONFIG_INVALID' })
  const { message, next } = Object(refusal)
  expect(`${message} ${next}`).toMatch(says)
}

describe('who may start it', () => {
  test('nobody to call is a refusal that says how to make the first', () => {
    refuses(/sshmcp identities add NAME --roles/)
    folder.write('identities.json', { identities: [] })
    refuses(/sshmcp identities add NAME --roles/)
  })

  test('an identity or an issuer is enough, and nothing falls back to the OS user', () => {
    folder.write('http.json', { jwt })
    expect(load().credential).toBeUndefined()
    folder.write('http.json', {})
    folder.write('identities.json', identities)
    expect(load().credential).toBeUndefined()
  })

  test('a token in its own environment is an error', () => {
    folder.write('identities.json', identities)
    refuses(/SSH_MCP_AUTH_TOKEN is set.*Unset/, { SSH_MCP_AUTH_TOKEN: 'sesame' })
    refuses(/SSH_MCP_AUTH_TOKEN_FILE is set/, { SSH_MCP_AUTH_TOKEN_FILE: '/nonexistent' })
  })

  test('--dev is for an empty configuration on this machine', () => {
    expect(load({}, { isDev: true }).identities).toEqual([])
    refuses(/this machine alone/, {}, { isDev: true, isBehindProxy: true })
    refuses(/this machine alone/, { SSH_MCP_HOST: '10.0.0.1' }, { isDev: true })
    folder.write('identities.json', identities)
    refuses(/without --dev/, {}, { isDev: true })
  })

  test.each(['0.0.0.0', '::', '192.168.1.10', 'ssh.example.org'])('%s needs a proxy in front', (host) => {
    folder.write('identities.json', identities)
    refuses(/--behind-proxy/, { SSH_MCP_HOST: host })
    expect(load({ SSH_MCP_HOST: host }, { isBehindProxy: true }).http.trustedProxyHops).toBe(1)
  })
})

describe('http.json', () => {
  beforeEach(() => folder.write('identities.json', identities))

  test('may be absent: then the address is the public one', () => {
    expect(load({ SSH_MCP_PORT: '9000' }).http).toEqual({
      publicUrl: 'http://127.0.0.1:9000',
      allowedHosts: [],
      allowedOrigins: [],
      trustedProxyHops: 0,
      jwt: undefined,
    })
    expect(load({ SSH_MCP_HOST: '::1' }).http.publicUrl).toBe('http://[::1]:8022')
  })

  test('a port that the system chose is in the address, unless another was said to be the public one', () => {
    const bound = (host: string) => boundTo(load({ SSH_MCP_PORT: '0', SSH_MCP_HOST: host }), 40_123).http.publicUrl
    expect([bound('127.0.0.1'), bound('::1')]).toEqual(['http://127.0.0.1:40123', 'http://[::1]:40123'])
    folder.write('http.json', { public_url: 'https://ssh.example.org' })
    expect(bound('127.0.0.1')).toBe('https://ssh.example.org')
  })

  test('is read whole, its digest kept', () => {
    folder.write('http.json', {
      public_url: 'https://ssh.example.org',
      allowed_hosts: ['a'],
      allowed_origins: ['https://b'],
      trusted_proxy_hops: 2,
      jwt,
    })
    const { http, files } = load()
    expect(http).toEqual({
      publicUrl: 'https://ssh.example.org',
      allowedHosts: ['a'],
      allowedOrigins: ['https://b'],
      trustedProxyHops: 2,
      jwt: {
        issuer: jwt.issuer,
        audience: jwt.audience,
        jwksUrl: jwt.jwks_url,
        userClaim: 'sub',
        rolesClaim: 'roles',
        requiredScopes: [],
      },
    })
    expect(files.map(({ name }) => name).join()).toContain('http.json')
  })

  test.each([
    [{ publc_url: 'https://x' }, /publc_url.*public_url/],
    [{ public_url: 'https://x/path' }, /public_url.*origin/],
    [{ public_url: 'ssh://x' }, /public_url/],
    [{ allowed_hosts: ['https://x'] }, /allowed_hosts\[0\]/],
    [{ allowed_origins: ['x'] }, /allowed_origins\[0\]/],
    [{ trusted_proxy_hops: -1 }, /trusted_proxy_hops/],
    [{ jwt: { issuer: 'x' } }, /jwt/],
    [{ jwt: { ...jwt, audience: '' } }, /jwt\.audience/],
    [{ jwt: { ...jwt, jwks_url: 'http://id.example.org/keys' } }, /jwks_url.*https/],
  ])('%j is refused', (content, says) => {
    folder.write('http.json', content)
    refuses(says)
  })
})
