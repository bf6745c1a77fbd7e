import { describe, expect, test } from 'vitest'
import { parseHosts } from './host-config.ts'

const osUser = 'me'
const minimal = { host_id: 'a', hostname: 'a.example' }
const parse = (...hosts: readonly Readonly<Record<string, unknown>>[]) =>
  parseHosts(JSON.stringify(hosts), 'hosts.json', { osUser })
const refusal = (...hosts: readonly Readonly<Record<string, unknown>>[]) => {
  try {
    parse(...hosts)
  } catch (error) {
    return error
  }
  throw new Error('was not refused')
}

test('what is left out has its default', () => {
  expect(parse(minimal)).toEqual([
    {
      hostId: 'a',
      hostname: 'a.example',
      port: 22,
      sshUser: 'me',
      labels: {},
      description: '',
      allowedRoles: undefined,
      allowedTemplates: undefined,
      identityFile: undefined,
      hostKeyFingerprints: [],
      proxyJump: undefined,
      transfer: {},
      certificate: undefined,
    },
  ])
})

describe('each key has its effect', () => {
  const pin = `SHA256:${'A'.repeat(43)}`
  test.each([
    ['host_id', 'b', { hostId: 'b' }],
    ['hostname', '::1', { hostname: '::1' }],
    ['port', 2222, { port: 2222 }],
    ['ssh_user', 'deploy', { sshUser: 'deploy' }],
    ['ssh_user', '', { sshUser: 'me' }],
    ['labels', { env: 'x', _note: 'kept' }, { labels: { env: 'x', _note: 'kept' } }],
    ['description', 'text', { description: 'text' }],
    ['allowed_roles', ['admin'], { allowedRoles: new Set(['admin']) }],
    ['allowed_roles', [], { allowedRoles: new Set() }],
    ['allowed_templates', ['df'], { allowedTemplates: new Set(['df']) }],
    ['host_key_fingerprints', [pin], { hostKeyFingerprints: [pin] }],
    ['identity_file', '~/.ssh/k', { identityFile: '~/.ssh/k' }],
    ['transfer', { max_upload_bytes: 5 }, { transfer: { maxUploadBytes: 5 } }],
    ['transfer', { blocked_extensions: ['.SH'] }, { transfer: { blockedExtensions: ['.sh'] } }],
    ['certificate', {}, { certificate: { mode: 'per_connection', principal: undefined, sourceAddresses: [] } }],
    [
      'certificate',
      { mode: 'per_command', principal: 'deploy', source_addresses: ['10.0.0.5', '2001:db8::/32'] },
      { certificate: { mode: 'per_command', principal: 'deploy', sourceAddresses: ['10.0.0.5', '2001:db8::/32'] } },
    ],
    ['_note', 'anything', {}],
    ['$schema', 'https://x', {}],
  ])('%s: %j', (key, value, expected) => {
    expect(parse({ ...minimal, [key]: value })[0]).toMatchObject(expected)
  })

  test('proxy_jump', () => {
    expect(parse({ ...minimal, proxy_jump: 'b' }, { ...minimal, host_id: 'b' })[0]).toMatchObject({ proxyJump: 'b' })
  })
})

describe('refused with source, path and cure', () => {
  test.each([
    [{ ...minimal, prot: 1 }, 'hosts.json: [0].prot is not a key that is known here.', 'Did you mean "port"?'],
    [
      { hostnme: 'x', host_id: 'a' },
      'hosts.json: [0].hostnme is not a key that is known here.',
      'Did you mean "hostname"?',
    ],
    [{ host_id: 'a' }, 'hosts.json: [0].hostname is missing.', 'Correct [0].hostname in hosts.json and start again.'],
    [{ ...minimal, port: '22' }, 'hosts.json: [0].port has to be a number.', undefined],
    [{ ...minimal, port: 0 }, 'hosts.json: [0].port has to be at least 1.', undefined],
    [{ ...minimal, port: 65536 }, 'hosts.json: [0].port has to be at most 65535.', undefined],
    [{ ...minimal, port: 22.5 }, 'hosts.json: [0].port has to be a whole number.', undefined],
    [{ ...minimal, allowed_roles: ['operatr'] }, /allowed_roles\[0\] has to be one of/, 'Did you mean "operator"?'],
    [{ ...minimal, allowed_roles: 'admin' }, /allowed_roles has to be a list/, undefined],
    [{ ...minimal, host_id: '-a' }, /\[0\]\.host_id has to be letters/, undefined],
    [{ ...minimal, host_id: '..' }, /\[0\]\.host_id has to be letters/, undefined],
    [{ ...minimal, hostname: '-oProxyCommand=x' }, /hostname has to be a host name/, undefined],
    [{ ...minimal, hostname: 'a b' }, /hostname has to be a host name/, undefined],
    [{ ...minimal, hostname: '' }, /hostname has to be a host name/, undefined],
    [{ ...minimal, ssh_user: '-x' }, /ssh_user has to be the name of an account/, undefined],
    [{ ...minimal, ssh_user: 'a\nb' }, /ssh_user has to be the name of an account/, undefined],
    [{ ...minimal, host_key_fingerprints: ['MD5:x'] }, /host_key_fingerprints\[0\] has to be SHA256/, undefined],
    [{ ...minimal, allowed_templates: ['a b'] }, /allowed_templates\[0\] has to be letters/, undefined],
    [{ ...minimal, labels: { a: 1 } }, /labels\.a has to be a text/, undefined],
    [{ ...minimal, proxy_jump: 'bb' }, /proxy_jump names no host_id/, undefined],
    [{ ...minimal, proxy_jump: 'a' }, /proxy_jump leads round in a circle/, undefined],
    [{ ...minimal, proxy_jump: 'not an id' }, /proxy_jump names no host_id/, undefined],
    [
      { ...minimal, transfer: { allowed_path: [] } },
      /transfer\.allowed_path is not a key/,
      'Did you mean "allowed_paths"?',
    ],
    [{ ...minimal, transfer: { allowed_paths: ['tmp'] } }, /allowed_paths\[0\] has to be an absolute path/, undefined],
    [{ ...minimal, transfer: { allowed_paths: ['/a/../b'] } }, /may not hold "\.\."/, undefined],
    [
      { ...minimal, certificate: { mode: 'per_comand' } },
      /certificate\.mode has to be one of/,
      'Did you mean "per_command"?',
    ],
    [
      { ...minimal, certificate: { source_addresses: ['a-name'] } },
      /certificate\.source_addresses\[0\] has to be an address or a network/,
      undefined,
    ],
  ])('%j', (host, message, next) => {
    expect(refusal(host)).toMatchObject({
      code: 'CONFIG_INVALID',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      ...(next && { next }),
    })
  })

  test('what is no list, and what is no JSON', () => {
    const from = (text: string) => () => parseHosts(text, 'hosts.json', { osUser })
    expect(from('{}')).toThrow('hosts.json has to be a list in [ ].')
    expect(from('[{]')).toThrow('hosts.json:1:3: a key in quotes is expected.')
  })

  test('an id that stands there twice, and jumps in a circle', () => {
    expect(refusal(minimal, minimal)).toMatchObject({ message: 'hosts.json: [1].host_id repeats "a" of [0].' })
    const pair = [
      { ...minimal, proxy_jump: 'b' },
      { ...minimal, host_id: 'b', proxy_jump: 'a' },
    ]
    expect(refusal(...pair)).toMatchObject({ message: 'hosts.json: [0].proxy_jump leads round in a circle.' })
  })

  test('an identity per connection behind a jump that says no address; the jump may have one of its own', () => {
    const hosts = (certificate: object) => [
      { ...minimal, proxy_jump: 'b', certificate },
      { ...minimal, host_id: 'b', certificate: {} },
    ]
    expect(refusal(...hosts({}))).toMatchObject({
      message:
        'hosts.json: [0].certificate.source_addresses is missing: behind a jump the host sees the address of the jump.',
      next: 'Put the address that the host sees b come from there: on the host, `echo $SSH_CONNECTION` begins with it.',
    })
    expect(parse(...hosts({ source_addresses: ['10.0.0.5'] }))).toHaveLength(2)
  })
})
