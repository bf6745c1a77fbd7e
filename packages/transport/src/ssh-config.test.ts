import { describe, expect, test } from 'vitest'
import { importSshConfig } from './ssh-config.ts'

function read(text: string, files: Readonly<Record<string, string>> = {}, present: readonly string[] = []) {
  return importSshConfig({
    file: { path: 'config', text },
    include: (pattern) => (files[pattern] === undefined ? [] : [{ path: pattern, text: files[pattern] }]),
    localUser: 'me',
    present,
  })
}

function messages(text: string): readonly string[] {
  return read(text).remarks.map(({ host, message }) => `${host}: ${message}`)
}

describe('hosts as ssh would reach them', () => {
  test('the first value counts, patterns fill in, and several names make several hosts', () => {
    const { hosts, remarks } = read(`
      Host web web2
        HostName %h.example.org
        User deploy
      Host web
        User never
        Port 2222
      Host * !web
        Port 2200
      Host *
        IdentityFile "~/my keys/%r" # comment
    `)
    expect(hosts).toEqual([
      {
        host_id: 'web',
        hostname: 'web.example.org',
        port: 2222,
        ssh_user: 'deploy',
        identity_file: '~/my keys/deploy',
      },
      {
        host_id: 'web2',
        hostname: 'web2.example.org',
        port: 2200,
        ssh_user: 'deploy',
        identity_file: '~/my keys/deploy',
      },
    ])
    expect(remarks).toEqual([])
  })

  test('keywords in any case, equals signs, options before the first Host', () => {
    expect(read('USER=root\nhost db\n  HOSTNAME = 10.0.0.5\n').hosts).toEqual([
      { host_id: 'db', hostname: '10.0.0.5', port: 22, ssh_user: 'root' },
    ])
  })

  test('files are included where they are named, inside a Host block only for it', () => {
    const files = { a: 'Host in-a\n  User x\n', b: 'User only-web\n' }
    const { hosts } = read('Include a\nHost web\n  Include b\nHost db\n', files)
    expect(hosts.map(({ host_id, ssh_user }) => [host_id, ssh_user])).toEqual([
      ['in-a', 'x'],
      ['web', 'only-web'],
      ['db', ''],
    ])
  })

  test('a file that includes itself ends', () => {
    const { remarks } = read('Include self\n', { self: 'Include self\n' })
    expect(remarks).toEqual([{ host: '', message: 'self: Include goes deeper than 16 files.' }])
  })
})

describe('jumps', () => {
  test('to a name of the file are that host', () => {
    expect(read('Host bastion\n  HostName 192.0.2.1\nHost web\n  ProxyJump bastion\n').hosts).toEqual([
      { host_id: 'bastion', hostname: '192.0.2.1', port: 22, ssh_user: '' },
      { host_id: 'web', hostname: 'web', port: 22, ssh_user: '', proxy_jump: 'bastion' },
    ])
  })

  test('said in full become hosts of their own, one through the other', () => {
    expect(read('Host web\n  ProxyJump a@one:2201,[2001:db8::1]:2202\n').hosts).toEqual([
      { host_id: 'web-jump-1', hostname: 'one', port: 2201, ssh_user: 'a' },
      { host_id: 'web-jump-2', hostname: '2001:db8::1', port: 2202, ssh_user: '', proxy_jump: 'web-jump-1' },
      { host_id: 'web', hostname: 'web', port: 22, ssh_user: '', proxy_jump: 'web-jump-2' },
    ])
  })

  test('none is none', () => {
    const { hosts } = read('Host web\n  ProxyJump none\nHost *\n  ProxyJump x\n')
    expect(hosts.map(({ host_id }) => host_id)).toEqual(['web'])
  })

  test('in a circle, or to a host that was left out, leave the host out', () => {
    const circle = read('Host a\n  ProxyJump b\nHost b\n  ProxyJump a\nHost c\n')
    expect(circle.hosts.map(({ host_id }) => host_id)).toEqual(['c'])
    expect(circle.remarks.map(({ host }) => host)).toEqual(['a', 'b'])
    expect(read('Host a\n  ProxyJump b\nHost b\n  ProxyCommand x\n').hosts).toEqual([])
  })
})

describe('hosts that are there already', () => {
  const jumping = 'Host bastion\nHost web\n  ProxyJump bastion\nHost db\n  ProxyJump a@far\n'

  test('stay as they are, and are gone through', () => {
    const { hosts, remarks } = read(jumping, {}, ['bastion', 'db'])
    expect(hosts).toEqual([{ host_id: 'web', hostname: 'web', port: 22, ssh_user: '', proxy_jump: 'bastion' }])
    expect(remarks.map(({ host }) => host)).toEqual(['bastion', 'db'])
  })

  test('and hosts of the file never lend their names to a hop', () => {
    const ids = (text: string, present: readonly string[] = []) =>
      read(text, {}, present).hosts.map(({ host_id }) => host_id)
    expect(ids('Host db\n  ProxyJump a@far\nHost db-jump-1\n')).toEqual(['db-jump-1-2', 'db', 'db-jump-1'])
    expect(ids('Host db\n  ProxyJump a@far\n', ['db-jump-1'])).toEqual(['db-jump-1-2', 'db'])
  })
})

describe('what cannot be honoured is said', () => {
  test.each([
    ['Host web\n  ProxyCommand nc %h %p\n', ['web: ProxyCommand is not supported; the host was left out.']],
    ['Host web\n  CanonicalizeHostname yes\n', ['web: CanonicalizeHostname is not supported; the host was left out.']],
    ['Host web\n  CanonicalizeHostname no\n  ProxyCommand none\n', []],
    [
      'Match host web exec "touch /tmp/x"\n  User y\n',
      [': config: a Match block was left out (Match host web exec touch /tmp/x).'],
    ],
    [
      'Host web\n  UserKnownHostsFile /dev/null\n',
      ['web: UserKnownHostsFile is one for all hosts here: set SSH_MCP_SSH_KNOWN_HOSTS_FILE.'],
    ],
    ['Host web\n  StrictHostKeyChecking no\n', ['web: StrictHostKeyChecking is always yes here.']],
    [
      'Host web\n  IdentitiesOnly yes\n',
      ['web: IdentitiesOnly: the identity file goes first, but other keys follow when it is refused.'],
    ],
    ['Host web\n  IdentityFile a\n  IdentityFile b\n', ['web: Only the first IdentityFile is taken, not b.']],
    ['Host web\n  IdentityFile %C\n', ['web: IdentityFile %C has a token that is not known here.']],
    ['Host web\n  Port ssh\n', ['web: Port is no port number; 22 was taken.']],
    ['Host "my web"\n', [expect.stringMatching(/^my web: The name cannot be a host_id/)]],
    ['Host web\n  ProxyJump a b\n', ['web: ProxyJump a b is not understood; the host was left out.']],
    ['Host web\n  User "open\n', [': config: the file cannot be read as an OpenSSH configuration.']],
  ])('%j', (text, expected) => {
    expect(messages(text)).toEqual(expected)
  })

  test('a host that needs a program to be reached is left out', () => {
    expect(read('Host web\n  ProxyCommand nc %h %p\n').hosts).toEqual([])
  })
})
