import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type EmbeddedHost, makeKeyPair, startEmbeddedHost } from '@sshmcp/transport-ssh2/embedded-host'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { entryOf } from '../src/commands/hosts-add.ts'
import { type CliBench, cliBench } from './support/cli-bench.ts'

let bench: CliBench
beforeEach(async () => {
  bench = cliBench({ isReal: true })
  await bench.sshmcp(['init', '--yes'])
  mkdirSync(join(bench.home, '.ssh'), { mode: 0o700 })
})
afterEach(() => bench.remove())

const sshConfig = (text: string) => writeFileSync(join(bench.home, '.ssh/config'), text)
const hostsFile = () => JSON.parse(bench.read('hosts.json'))

describe('on a host that answers', () => {
  let host: EmbeddedHost
  const knownHosts = () => join(bench.home, '.ssh/known_hosts')
  const target = () => `deploy@127.0.0.1:${host.port}`
  beforeEach(async () => {
    const key = makeKeyPair('test')
    writeFileSync(join(bench.home, '.ssh/id_ed25519'), key.privateKey, { mode: 0o600 })
    host = await startEmbeddedHost({ authorizedKeys: [key.publicLine] })
  })
  afterEach(() => host.close())

  test('add shows the fingerprint, asks, trusts, writes and logs in', async () => {
    const added = await bench.sshmcp(['hosts', 'add', target(), '--id', 'web-1'], { typed: ['yes'] })
    expect(added).toMatchObject({ code: 0, out: expect.stringMatching(/ok +web-1: logged in as deploy/) })
    expect(added.asked).toContain(host.hostKeyFingerprint)
    expect(readFileSync(knownHosts(), 'utf8')).toContain(host.hostKeyLine)
    expect(hostsFile()).toEqual([{ host_id: 'web-1', hostname: '127.0.0.1', port: host.port, ssh_user: 'deploy' }])
    expect(await bench.sshmcp(['hosts', 'test'])).toMatchObject({ code: 0 })
    expect(await bench.sshmcp(['hosts', 'trust', 'web-1'])).toMatchObject({ code: 0, asked: '' })
    const changes = (await bench.sshmcp(['audit', 'tail', '--json', '-n', '100'])).out
    for (const command of ['hosts trust', 'hosts add', 'hosts test']) expect(changes).toContain(`"${command}"`)
  })

  test.each([
    ['no', ['no'], 'TERMINAL_DECLINED'],
    ['y is not yes', ['y'], 'TERMINAL_DECLINED'],
    ['nobody there', undefined, 'TERMINAL_REQUIRED'],
  ])('%s: nothing is written, exit code 3', async (_, typed, code) => {
    const options = typed === undefined ? { stdin: ['yes\n'] } : { typed }
    const refused = await bench.sshmcp(['hosts', 'add', target(), '--id', 'web-1'], options)
    expect(refused).toMatchObject({ code: 3, err: expect.stringContaining(code) })
    expect(existsSync(knownHosts())).toBe(false)
    expect(hostsFile()).toEqual([])
    expect(host.asked).toEqual([])
  })

  test('--fingerprint trusts that key and no other, without a question', async () => {
    const other = `SHA256:${'A'.repeat(43)}`
    expect(await bench.sshmcp(['hosts', 'add', target(), '--fingerprint', other])).toMatchObject({
      code: 3,
      err: expect.stringContaining('HOST_KEY_OTHER'),
    })
    expect(existsSync(knownHosts())).toBe(false)
    const right = ['hosts', 'add', target(), '--id', 'web-1', '--fingerprint', host.hostKeyFingerprint, '--json']
    const added = await bench.sshmcp(right)
    expect(added.code).toBe(0)
    expect(JSON.parse(added.out)).toMatchObject({ login: { ok: true }, trusted: { was_known: false } })
  })

  test('a changed key is not something to confirm away', async () => {
    const other = makeKeyPair('other').publicLine.split(' ').slice(0, 2).join(' ')
    writeFileSync(knownHosts(), `[127.0.0.1]:${host.port} ${other}\n`)
    const refused = await bench.sshmcp(['hosts', 'add', target(), '--id', 'web-1'], { typed: ['yes'] })
    expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('TRANSPORT_HOST_KEY_MISMATCH'), asked: '' })
    expect(readFileSync(knownHosts(), 'utf8').split('\n')).toHaveLength(2)
  })

  test('a login that fails leaves the host in the file and says how to go on', async () => {
    writeFileSync(join(bench.home, '.ssh/id_ed25519'), makeKeyPair('wrong').privateKey, { mode: 0o600 })
    const added = await bench.sshmcp(['hosts', 'add', target(), '--id', 'web-1'], { typed: ['yes'] })
    expect(added).toMatchObject({ code: 1, err: expect.stringContaining('sshmcp hosts test web-1') })
    expect(added.err).toContain('TRANSPORT_AUTH_FAILED')
    expect(hostsFile()).toHaveLength(1)
  })

  test('a host_id that is taken is refused before anything is asked', async () => {
    bench.write('hosts.json', [{ host_id: 'web-1', hostname: 'x' }])
    expect(await bench.sshmcp(['hosts', 'add', target(), '--id', 'web-1'], { typed: ['yes'] })).toMatchObject({
      code: 2,
      asked: '',
    })
  })
})

test('a host that does not answer fails with its code', async () => {
  expect(await bench.sshmcp(['hosts', 'add', 'deploy@127.0.0.1:1'], { typed: ['yes'] })).toMatchObject({
    code: 1,
    err: expect.stringContaining('TRANSPORT_UNREACHABLE'),
  })
  expect(hostsFile()).toEqual([])
})

test('a misspelt host names the nearest', async () => {
  bench.write('hosts.json', [{ host_id: 'web-1', hostname: 'x' }])
  for (const command of ['trust', 'test']) {
    expect(await bench.sshmcp(['hosts', command, 'web1'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean web-1?'),
    })
  }
})

test.each([
  ['web', { host_id: 'web', hostname: 'web' }],
  ['deploy@10.0.0.4', { host_id: '10.0.0.4', hostname: '10.0.0.4', ssh_user: 'deploy' }],
  ['deploy@web:2222', { host_id: 'web', hostname: 'web', port: 2222, ssh_user: 'deploy' }],
  ['a@[2001:db8::7]:2222', { host_id: '2001-db8--7', hostname: '2001:db8::7', port: 2222, ssh_user: 'a' }],
  ['2001:db8::7', { host_id: '2001-db8--7', hostname: '2001:db8::7' }],
])('%s is read as a target', (target, entry) => expect(entryOf(target, {})).toEqual(entry))

test.each(['', 'a b', '@web', 'web:', 'web:port', '-oProxyCommand=x'])('%j is no target', async (target) => {
  expect((await bench.sshmcp(['hosts', 'add', '--', target], { typed: ['yes'] })).code).toBe(2)
})

describe('import', () => {
  test('takes what can be honoured, and says what cannot', async () => {
    mkdirSync(join(bench.home, '.ssh/config.d'))
    writeFileSync(join(bench.home, '.ssh/config.d/work.conf'), 'Host db\n  HostName db.internal\n  ProxyJump bastion\n')
    sshConfig(`Include config.d/*.conf
Host bastion
  HostName bastion.example.org
  User jump
  Port 2222
Host web-1 web-2
  HostName %h.example.org
  IdentityFile ~/.ssh/id_web
Host odd
  ProxyCommand nc %h %p
Host far
  ProxyJump somebody@elsewhere:2200,[2001:db8::1]
Match exec "touch ${bench.home}/ran"
  User evil
Host *
  User everybody
`)
    const { code, out, err } = await bench.sshmcp(['hosts', 'import', '--json'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(hostsFile()).toEqual([
      { host_id: 'db', hostname: 'db.internal', ssh_user: 'everybody', proxy_jump: 'bastion' },
      { host_id: 'bastion', hostname: 'bastion.example.org', port: 2222, ssh_user: 'jump' },
      { host_id: 'web-1', hostname: 'web-1.example.org', ssh_user: 'everybody', identity_file: '~/.ssh/id_web' },
      { host_id: 'web-2', hostname: 'web-2.example.org', ssh_user: 'everybody', identity_file: '~/.ssh/id_web' },
      { host_id: 'far-jump-1', hostname: 'elsewhere', port: 2200, ssh_user: 'somebody' },
      { host_id: 'far-jump-2', hostname: '2001:db8::1', ssh_user: 'everybody', proxy_jump: 'far-jump-1' },
      { host_id: 'far', hostname: 'far', ssh_user: 'everybody', proxy_jump: 'far-jump-2' },
    ])
    const { imported, remarks } = JSON.parse(out)
    expect(imported).toEqual(['db', 'bastion', 'web-1', 'web-2', 'far-jump-1', 'far-jump-2', 'far'])
    for (const word of ['odd', 'Match']) expect(remarks.join('\n')).toContain(word)
    expect(existsSync(join(bench.home, 'ran'))).toBe(false)
    expect((await bench.sshmcp(['hosts', 'import'])).out).toBe('Nothing to add.\n')
  })

  test('an Include in a block counts for that host alone', async () => {
    writeFileSync(join(bench.home, '.ssh/more'), 'User only-a\n')
    sshConfig('Host a\n  Include more\nHost b\n')
    expect(await bench.sshmcp(['hosts', 'import'])).toMatchObject({ code: 0, err: '' })
    expect(hostsFile()).toEqual([
      { host_id: 'a', hostname: 'a', ssh_user: 'only-a' },
      { host_id: 'b', hostname: 'b' },
    ])
  })

  test('what stands in hosts.json stays, and is gone through', async () => {
    const bastion = { host_id: 'bastion', hostname: '192.0.2.1', ssh_user: 'ours' }
    bench.write('hosts.json', [bastion])
    sshConfig('Host bastion\n  HostName other\nHost a\n  ProxyJump bastion\n')
    const { out, err } = await bench.sshmcp(['hosts', 'import'])
    expect(err).toContain('bastion: There is a host of that name already')
    expect(out).not.toContain('added  bastion')
    expect(hostsFile()).toEqual([bastion, { host_id: 'a', hostname: 'a', proxy_jump: 'bastion' }])
  })

  test('without a file it says what to do instead', async () => {
    expect(await bench.sshmcp(['hosts', 'import'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('hosts add'),
    })
  })

  test('init --from-ssh-config begins with them', async () => {
    sshConfig('Host a\n  HostName a.example.org\n')
    const dir = join(bench.home, 'other')
    expect((await bench.sshmcp(['init', '--yes', '--from-ssh-config', '--config-dir', dir])).code).toBe(0)
    expect(JSON.parse(readFileSync(join(dir, 'hosts.json'), 'utf8'))).toMatchObject([{ host_id: 'a' }])
  })
})

test('list shows the hosts as they are understood', async () => {
  expect((await bench.sshmcp(['hosts', 'list'])).out).toContain('hosts add')
  bench.write('hosts.json', [{ host_id: 'web-1', hostname: 'x', labels: { env: 'prod' } }])
  expect((await bench.sshmcp(['hosts', 'list'])).out).toBe('web-1  dana@x:22  env=prod\n')
  expect(JSON.parse((await bench.sshmcp(['hosts', 'list', '--json'])).out)).toMatchObject({
    hosts: [{ host_id: 'web-1', ssh_user: 'dana', port: 22 }],
  })
})
