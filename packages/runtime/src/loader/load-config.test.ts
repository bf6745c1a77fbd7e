import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { tokenSha256 } from '@sshmcp/identity'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ConfigFolder, configFolder } from '../testing/config-folder.ts'
import { loadConfig } from './load-config.ts'

let folder: ConfigFolder
beforeEach(() => {
  folder = configFolder()
})
afterEach(() => folder.remove())

const alice = { user_id: 'alice', roles: ['operator'], token_sha256: tokenSha256('sesame') }
const load = (env: Readonly<Record<string, string>> = {}) => loadConfig(folder.surroundings(env))
const refusal = (env: Readonly<Record<string, string>> = {}): unknown => {
  try {
    return load(env)
  } catch (error) {
    return error
  }
}
const says = (code: string, ...words: readonly string[]) =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(new RegExp(words.join('.*'))),
    next: expect.stringMatching(/\S/),
  })

describe('what is found', () => {
  test('with nothing but hosts and templates, the OS user in local mode', () => {
    const config = load()
    expect(config.credential).toEqual({ kind: 'local' })
    expect(config.rules.hosts.map(({ hostId }) => hostId)).toEqual(['web-1'])
    expect(config.files.map(({ name }) => name)).toEqual([
      join(folder.dir, 'hosts.json'),
      join(folder.dir, 'templates.json'),
    ])
  })

  test('--config-dir wins over the variable, and file variables over both', () => {
    const elsewhere = folder.write('other/hosts.json', [])
    folder.write('other/templates.json', [])
    const surroundings = folder.surroundings({ SSH_MCP_CONFIG_DIR: '/nonexistent' })
    expect(loadConfig({ ...surroundings, configDir: join(folder.dir, 'other') }).rules.hosts).toEqual([])
    expect(load({ SSH_MCP_HOSTS_FILE: elsewhere }).rules.hosts).toEqual([])
    expect(load({ SSH_MCP_HOSTS_FILE: elsewhere }).rules.templates).toHaveLength(1)
  })

  test('~ is the home folder, and ~/.ssh-mcp the default', () => {
    folder.write('.ssh-mcp/hosts.json', [])
    folder.write('.ssh-mcp/templates.json', [])
    const { env: _, ...rest } = folder.surroundings()
    expect(loadConfig({ ...rest, env: {} }).places.configDir).toBe(join(folder.dir, '.ssh-mcp'))
    expect(loadConfig({ ...rest, env: { SSH_MCP_CONFIG_DIR: '~/.ssh-mcp' } }).places.auditLogDir).toBe(
      join(folder.dir, '.ssh-mcp/audit_logs'),
    )
  })

  test('a token file is the caller, less its newline', () => {
    folder.write('identities.json', { identities: [alice] })
    const file = folder.write('token', 'sesame\n')
    const { credential } = load({ SSH_MCP_AUTH_TOKEN_FILE: file })
    expect(credential.kind === 'bearer' && credential.token.reveal()).toBe('sesame')
  })

  test('a policy section in the environment wins over policy.json', () => {
    folder.write('policy.json', { rate_limits: { max_requests_per_minute: 7, max_concurrent: 3 } })
    expect(load().rules.policy.rateLimits).toEqual({ maxRequestsPerMinute: 7, maxConcurrent: 3 })
    const env = { SSH_MCP_RATE_LIMITS: '{"max_requests_per_minute": 9}' }
    expect(load(env).rules.policy.rateLimits.maxRequestsPerMinute).toBe(9)
  })

  test('own rules of redaction and what they leave alone', () => {
    const rule = { id: 'badge', pattern: 'BDG-[0-9]{6,12}', prefixes: ['BDG-'] }
    expect(load().redaction).toEqual({ rules: [], allow: [] })
    const file = folder.write('redaction.json', { rules: [rule], allow: ['BDG-000000'] })
    expect(load().redaction).toEqual({ rules: [rule], allow: ['BDG-000000'] })
    expect(load().files.map(({ name }) => name)).toContain(file)
  })

  test('a configuration inside a work tree is worth a warning', () => {
    mkdirSync(join(folder.dir, '.git'))
    expect(load().warnings).toEqual([expect.stringContaining('CONFIG_IN_WORKSPACE')])
  })

  test('and so is one below the working directory, unless that is the home folder', () => {
    expect(loadConfig({ ...folder.surroundings(), cwd: folder.dir, homeDir: '/home/dana' }).warnings).toHaveLength(1)
    expect(loadConfig({ ...folder.surroundings(), cwd: folder.dir }).warnings).toEqual([])
    expect(load().warnings).toEqual([])
  })
})

describe('what is wrong is refused with place and cure', () => {
  type Files = Readonly<Record<string, unknown>>
  type Env = Readonly<Record<string, string>>
  const identities = (...entries: readonly object[]) => ({ identities: entries })
  const aRule = (pattern: string) => ({ 'redaction.json': { rules: [{ id: 'badge', pattern, prefixes: ['BDG-'] }] } })
  const withPattern = (x: string) => [{ ...aTemplate, allowed_params: { x } }]

  test.each<[string, Files, Env, string, ...string[]]>([
    ['no folder', {}, { SSH_MCP_CONFIG_DIR: '/nonexistent' }, 'CONFIG_INVALID', '/nonexistent/hosts.json'],
    ['malformed JSON', { 'hosts.json': '[\n{,}]' }, {}, 'CONFIG_INVALID', 'hosts.json:2:2'],
    [
      'an unknown key',
      { 'hosts.json': [{ host_id: 'a', hostnam: 'b' }] },
      {},
      'CONFIG_INVALID',
      'hosts.json',
      'hostnam',
    ],
    ['a duplicate id', { 'hosts.json': [aHost, aHost] }, {}, 'CONFIG_INVALID', 'hosts.json', 'web-1'],
    ['a bad regex', { 'templates.json': withPattern('(') }, {}, 'CONFIG_INVALID', 'templates.json'],
    ['a look-around', { 'templates.json': withPattern('(?=a)a') }, {}, 'CONFIG_INVALID', 'templates.json'],
    ['an unknown variable', {}, { SSH_MCP_READONLY: '1' }, 'CONFIG_INVALID', 'SSH_MCP_READONLY'],
    ['a boolean that is none', {}, { SSH_MCP_READ_ONLY: 'yes' }, 'CONFIG_INVALID', 'SSH_MCP_READ_ONLY', 'yes'],
    ['a number that is none', {}, { SSH_MCP_MAX_SESSIONS: '10x' }, 'CONFIG_INVALID', 'SSH_MCP_MAX_SESSIONS'],
    ['a number out of range', {}, { SSH_MCP_PORT: '70000' }, 'CONFIG_INVALID', 'SSH_MCP_PORT', '65535'],
    ['a word that is none', {}, { SSH_MCP_CONFIRMATION: 'never' }, 'CONFIG_INVALID', 'SSH_MCP_CONFIRMATION', 'elicit'],
    ['policy that is no JSON', {}, { SSH_MCP_KEY_POLICY: '{' }, 'CONFIG_INVALID', 'SSH_MCP_KEY_POLICY'],
    ['an unknown policy key', { 'policy.json': { rate_limit: {} } }, {}, 'CONFIG_INVALID', 'policy.json', 'rate_limit'],
    [
      'an identity twice',
      { 'identities.json': identities(alice, alice) },
      {},
      'CONFIG_INVALID',
      'identities.json',
      'alice',
    ],
    [
      'a role that is none',
      { 'identities.json': identities({ ...alice, roles: ['root'] }) },
      {},
      'CONFIG_INVALID',
      'identities.json',
      'roles',
    ],
    ['a rule file that is a list', { 'redaction.json': [] }, {}, 'CONFIG_INVALID', 'redaction.json', 'an object'],
    ['a rule file that is no JSON', { 'redaction.json': '{"rules":' }, {}, 'CONFIG_INVALID', 'redaction.json:1:'],
    ['a slow rule', aRule('(?:a|ab){1,30}c'), {}, 'CONFIG_INVALID', 'redaction.json', 'rules.0..pattern'],
    ['an endless rule', aRule('BDG-.*'), {}, 'CONFIG_INVALID', 'redaction.json', 'rules.0..pattern', 'no upper bound'],
    ['a rule that matches nothing', aRule('[a-z]{0,9}'), {}, 'CONFIG_INVALID', 'redaction.json', 'rules.0..pattern'],
    [
      'both token variables',
      {},
      { SSH_MCP_AUTH_TOKEN: 'a', SSH_MCP_AUTH_TOKEN_FILE: '/b' },
      'CONFIG_INVALID',
      'SSH_MCP_AUTH_TOKEN_FILE',
    ],
    ['no token file', {}, { SSH_MCP_AUTH_TOKEN_FILE: '/nonexistent' }, 'CONFIG_INVALID', '/nonexistent'],
    [
      'a token without identities',
      {},
      { SSH_MCP_AUTH_TOKEN: 'x' },
      'IDENTITY_TOKEN_WITHOUT_IDENTITIES',
      'identities.json',
    ],
    ['identities without a token', { 'identities.json': identities(alice) }, {}, 'IDENTITY_TOKEN_REQUIRED', 'token'],
    [
      'an unknown token',
      { 'identities.json': identities(alice) },
      { SSH_MCP_AUTH_TOKEN: 'x' },
      'IDENTITY_TOKEN_UNKNOWN',
      'token',
    ],
    [
      'an expired token',
      { 'identities.json': identities({ ...alice, expires_at: '2020-01-01T00:00:00Z' }) },
      { SSH_MCP_AUTH_TOKEN: 'sesame' },
      'IDENTITY_TOKEN_EXPIRED',
      'alice',
    ],
  ])('%s', (_, files, env, code, ...words) => {
    for (const [name, content] of Object.entries(files)) folder.write(name, content)
    expect(refusal(env)).toEqual(says(code, ...words))
  })

  test('a file or folder that others can write', () => {
    folder.write('hosts.json', [], 0o666)
    expect(refusal()).toEqual(says('CONFIG_INVALID', 'hosts.json', '0666'))
    folder.write('hosts.json', [])
    chmodSync(folder.dir, 0o777)
    expect(refusal()).toEqual(says('CONFIG_INVALID', folder.dir, '0777'))
  })

  test('a token file open to others', () => {
    const file = folder.write('token', 'x', 0o644)
    expect(refusal({ SSH_MCP_AUTH_TOKEN_FILE: file })).toEqual(says('CONFIG_INVALID', 'token', '0644'))
  })

  test('a misspelt variable names the right one', () => {
    expect(refusal({ SSH_MCP_READONLY: '1' })).toMatchObject({
      candidates: ['SSH_MCP_READ_ONLY'],
      next: expect.stringContaining('SSH_MCP_READ_ONLY'),
    })
  })
})

const aHost = { host_id: 'web-1', hostname: 'x' }
const aTemplate = { template_id: 't', description: 'd', command: 'echo {x}', allowed_params: { x: '^a$' } }
