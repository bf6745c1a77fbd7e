import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type EmbeddedHost, makeKeyPair, startEmbeddedHost } from '@sshmcp/transport-ssh2/embedded-host'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nodeVersion } from '../src/doctor/config-checks.ts'
import { type CliBench, cliBench } from './support/cli-bench.ts'

/** What a newcomer sees: the exit code, and everything that was written. */
interface Seen {
  readonly code: number
  readonly text: string
}

/** A wrong move: what is done, the code of its end, and words of the one message, the cure among them. */
interface WrongMove {
  readonly title: string
  readonly move: (bench: CliBench, host: EmbeddedHost) => void
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly ends: number
  readonly says: readonly string[]
}

const hosts = (bench: CliBench, ...entries: readonly object[]): void => bench.write('hosts.json', entries)
const here = ({ port }: EmbeddedHost) => ({ host_id: 'web-1', hostname: '127.0.0.1', port, ssh_user: 'deploy' })
const trusted = (bench: CliBench, host: EmbeddedHost): void => {
  hosts(bench, here(host))
  writeFileSync(join(bench.home, '.ssh/known_hosts'), `${host.hostKeyLine}\n`)
}
const key = (bench: CliBench, passphrase: string, mode = 0o600): void => {
  const file = join(bench.home, '.ssh/id_ed25519')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', file])
  chmodSync(file, mode)
}
const nothing = (): void => {}

const moves: readonly WrongMove[] = [
  { title: 'no agent, no key', move: nothing, args: ['doctor'], ends: 0, says: ['no private key', 'ssh-copy-id'] },
  {
    title: 'an agent that is gone',
    move: nothing,
    args: ['doctor'],
    env: { SSH_AUTH_SOCK: '/nonexistent/agent' },
    ends: 0,
    says: ['no agent answers', 'ssh-agent -s'],
  },
  {
    title: 'no key at a login',
    move: trusted,
    args: ['hosts', 'test'],
    ends: 1,
    says: ['AUTH_FAILED', 'ssh-keygen -t ed25519', 'ssh-copy-id -p '],
  },
  {
    title: 'another user or key',
    move: (bench, host) => {
      trusted(bench, host)
      key(bench, '')
    },
    args: ['hosts', 'test', 'web-1'],
    ends: 1,
    says: ['did not let user "deploy" in', 'ssh-copy-id'],
  },
  {
    title: 'another user, in doctor',
    move: (bench, host) => {
      trusted(bench, host)
      key(bench, '')
    },
    args: ['doctor'],
    ends: 1,
    says: ['fail  web-1', 'deploy', 'ssh-copy-id'],
  },
  {
    title: 'a misspelt host',
    move: (bench, host) => hosts(bench, here(host)),
    args: ['run', 'web1', 'disk_usage'],
    ends: 3,
    says: ['POLICY_HOST_UNKNOWN', 'web-1'],
  },
  {
    title: 'a name without an address',
    move: nothing,
    args: ['hosts', 'add', 'deploy@nowhere.invalid'],
    ends: 1,
    says: ['nowhere.invalid', 'name service', 'sshmcp hosts import'],
  },
  {
    title: 'a host that is added without a terminal to ask on',
    move: nothing,
    args: ['hosts', 'add', 'deploy@127.0.0.1:PORT', '--id', 'web-9'],
    ends: 3,
    // `hosts trust web-9` would find no such host.
    says: ['TERMINAL_REQUIRED', 'Run the same command in a terminal'],
  },
  {
    title: 'a name with a space',
    move: nothing,
    args: ['hosts', 'add', 'deploy@127.0.0.1', '--id', 'web 1'],
    ends: 2,
    says: ['the new host: host_id has to be', '--id names it'],
  },
  {
    title: 'a word too many',
    move: nothing,
    args: ['audit', 'verify', 'signed'],
    ends: 2,
    says: ['too many arguments', 'sshmcp audit verify --help'],
  },
  {
    title: 'a parameter without --param',
    move: (bench, host) => hosts(bench, here(host)),
    args: ['run', 'web-1', 'tail_log', 'lines=5'],
    ends: 2,
    says: ['too many arguments', 'sshmcp run --help'],
  },
  {
    title: 'a parameter without its value',
    move: nothing,
    args: ['run', 'web-1', 'tail_log', '--param', 'lines'],
    ends: 2,
    says: ['name=value', '--param lines=200'],
  },
  {
    title: 'a parameter that is given twice',
    move: nothing,
    args: ['run', 'web-1', 'tail_log', '--param', 'lines=5', '--param', 'lines=50'],
    ends: 2,
    says: ['--param names "lines" twice', 'Give each parameter once.'],
  },
  {
    title: 'a host that nobody trusted yet',
    move: (bench, host) => hosts(bench, here(host)),
    args: ['doctor', 'web-1'],
    ends: 1,
    says: ['sshmcp hosts trust web-1'],
  },
  {
    title: 'a comma too many',
    move: ({ config }) => writeFileSync(join(config, 'hosts.json'), '[ { "host_id": "a", } ]'),
    args: ['hosts', 'list'],
    ends: 2,
    says: ['CONFIG_INVALID', 'hosts.json'],
  },
  {
    title: 'a misspelt key',
    move: (bench) => hosts(bench, { host_id: 'a', hostnam: 'b' }),
    args: ['run', 'a', 'disk_usage'],
    ends: 2,
    says: ['hostnam', 'hostname'],
  },
  {
    title: 'a misspelt variable',
    move: nothing,
    args: ['doctor'],
    env: { SSH_MCP_MAX_SESSION: '3' },
    ends: 2,
    says: ['SSH_MCP_MAX_SESSION ', 'SSH_MCP_MAX_SESSIONS'],
  },
  {
    title: 'a closed port, when it is added',
    move: nothing,
    args: ['hosts', 'add', 'deploy@127.0.0.1:1'],
    ends: 1,
    says: ['TRANSPORT_UNREACHABLE', 'port'],
  },
  {
    title: 'a closed port, later',
    move: (bench) => hosts(bench, { host_id: 'web-1', hostname: '127.0.0.1', port: 1 }),
    args: ['doctor', 'web-1'],
    ends: 1,
    says: ['fail  web-1', 'port'],
  },
  {
    title: 'a key with a passphrase',
    move: (bench) => key(bench, 'secret words'),
    args: ['doctor'],
    ends: 0,
    says: ['has a passphrase', 'ssh-add'],
  },
  {
    title: 'a key with a passphrase at a login',
    move: (bench, host) => {
      trusted(bench, host)
      key(bench, 'secret words')
    },
    args: ['hosts', 'test'],
    ends: 1,
    says: ['protected by a passphrase', 'ssh-add ~/.ssh/id_ed25519', 'SSH_AUTH_SOCK'],
  },
  {
    title: 'a key with a passphrase, when a template is run',
    move: (bench, host) => {
      trusted(bench, host)
      key(bench, 'secret words')
    },
    args: ['run', 'web-1', 'disk_usage'],
    ends: 1,
    says: ['TRANSPORT_AUTH_FAILED', 'protected by a passphrase', 'ssh-add'],
  },
  {
    title: 'an identity_file that others can read, beside a key with a passphrase',
    move: (bench, host) => {
      trusted(bench, host)
      key(bench, 'secret words')
      writeFileSync(join(bench.home, '.ssh/id_vps'), 'a key', { mode: 0o644 })
      hosts(bench, { ...here(host), identity_file: '~/.ssh/id_vps' })
    },
    args: ['hosts', 'test'],
    ends: 1,
    says: [
      'next  Mend the identity_file of web-1: ~/.ssh/id_vps: others can read it (mode 644); chmod 600 mends that.',
    ],
  },
  {
    title: 'a key that others can read',
    move: (bench) => key(bench, '', 0o644),
    args: ['doctor'],
    ends: 0,
    says: ['can be read by others', 'chmod 600'],
  },
  {
    title: 'two people wanted and one there',
    move: nothing,
    args: ['doctor'],
    ends: 0,
    says: ['A second person', 'SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL=false'],
  },
  {
    title: 'a folder that cannot be made',
    move: ({ home }) => writeFileSync(join(home, 'a-file'), ''),
    args: ['init', '--yes', '--config-dir', 'HOME/a-file/config'],
    ends: 2,
    says: ['cannot be made', '--config-dir'],
  },
  {
    title: 'an editor’s file in a place where nothing can be made',
    move: ({ home }) => writeFileSync(join(home, '.config'), ''),
    args: ['mcp-config', 'vscode', '--write'],
    ends: 1,
    says: ['STORE_UNAVAILABLE', 'HOME/.config/Code/User', 'this account may read and write what is named'],
  },
  {
    title: 'a key that changed, of a host that is added',
    move: ({ home }, { port }) => {
      const { publicLine } = makeKeyPair('earlier')
      writeFileSync(join(home, '.ssh/known_hosts'), `[127.0.0.1]:${port} ${publicLine}\n`)
    },
    args: ['hosts', 'add', 'deploy@127.0.0.1:PORT', '--id', 'web-9'],
    ends: 3,
    says: ['TRANSPORT_HOST_KEY_MISMATCH', 'known_hosts line 1', 'then run the same command again'],
  },
  {
    title: 'a file where the folder is to be named',
    move: nothing,
    args: ['run', 'web-1', 'disk_usage', '--config-dir', 'HOME/.ssh-mcp/hosts.json'],
    ends: 2,
    says: ['HOME/.ssh-mcp/hosts.json is a file', '--config-dir'],
  },
  {
    title: 'a file where the folder is to be named, in doctor',
    move: nothing,
    args: ['doctor', '--config-dir', 'HOME/.ssh-mcp/hosts.json'],
    ends: 1,
    says: ['HOME/.ssh-mcp/hosts.json is a file.', 'Name a folder'],
  },
  {
    title: 'a folder from a variable that is not set',
    move: nothing,
    args: ['init', '--yes', '--config-dir', ''],
    ends: 2,
    says: ['It names no folder', 'See sshmcp --help.'],
  },
  {
    title: 'a folder that others can write',
    move: ({ config }) => chmodSync(config, 0o777),
    args: ['run', 'web-1', 'disk_usage'],
    ends: 2,
    says: ['can be written by other users', 'chmod go-w'],
  },
  {
    title: 'the configuration in a work tree',
    move: ({ home }) => mkdirSync(join(home, '.git')),
    args: ['doctor'],
    ends: 0,
    says: ['CONFIG_IN_WORKSPACE', 'Move the folder'],
  },
  {
    title: 'the configuration in a work tree, at a start',
    move: (bench, host) => {
      hosts(bench, here(host))
      mkdirSync(join(bench.home, '.git'))
    },
    args: ['approvals', 'list'],
    ends: 0,
    says: ['CONFIG_IN_WORKSPACE', 'move it'],
  },
  {
    title: 'an old journal',
    move: ({ config }) => writeFileSync(join(config, 'audit_logs/audit.jsonl'), '{}\n'),
    args: ['doctor'],
    ends: 0,
    says: ['of the Python server', 'mv '],
  },
  {
    title: 'old approvals',
    move: ({ config }) => writeFileSync(join(config, 'approval_data/approvals.json'), '{}\n'),
    args: ['doctor'],
    ends: 0,
    says: ['of the Python server', 'mv '],
  },
]

describe('each wrong move of a newcomer ends in one message that names the cure', () => {
  let bench: CliBench
  let host: EmbeddedHost
  beforeEach(async () => {
    bench = cliBench({ isReal: true })
    await bench.sshmcp(['init', '--yes'])
    mkdirSync(join(bench.home, '.ssh'), { mode: 0o700 })
    host = await startEmbeddedHost({ authorizedKeys: [makeKeyPair('other').publicLine] })
  })
  afterEach(async () => {
    await host.close()
    bench.remove()
  })

  async function see(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Seen> {
    const { code, out, err } = await bench.sshmcp(
      args.map((word) => word.replace('HOME', bench.home).replace('PORT', String(host.port))),
      { env },
    )
    return { code, text: out + err }
  }

  test.each(moves)('$title', async ({ move, args, env, ends, says }) => {
    move(bench, host)
    const { code, text } = await see(args, env)
    for (const words of says) expect(text).toContain(words.replace('HOME', bench.home))
    expect({ code, text }).toEqual({ code: ends, text })
    expect(text.match(/^error /gm)?.length ?? 0).toBeLessThanOrEqual(1)
  })

  test('two people wanted and one there, when a model asks', async () => {
    hosts(bench, here(host))
    const asked = { host_id: 'web-1', template_id: 'restart_service', params: { service: 'nginx' } }
    const asking = { action: 'run_ssh_command', arguments: asked, justification: 'stuck' }
    const { error } = await bench.asModel('request_approval', asking)
    expect(error).toMatchObject({ code: 'APPROVAL_NO_APPROVER' })
    expect(JSON.stringify(error)).toContain('SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL=false')
  })

  test('a button was pressed, and nothing is configured yet', async () => {
    rmSync(bench.config, { recursive: true })
    expect(await see([])).toEqual({
      code: 2,
      text: expect.stringMatching(/hosts\.json does not exist[\s\S]*`sshmcp init`[\s\S]*`npx -y @sshmcp\/cli init`/),
    })
    const elsewhere = { SSH_MCP_CONFIG_DIR: join(bench.home, 'elsewhere') }
    expect((await see([], elsewhere)).text).toContain(`sshmcp init --config-dir ${bench.home}/elsewhere`)
  })

  test('a key with a passphrase, when a model asks', async () => {
    trusted(bench, host)
    key(bench, 'secret words')
    const { error } = await bench.asModel('run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })
    expect(error).toMatchObject({
      code: 'TRANSPORT_AUTH_FAILED',
      message: expect.stringContaining('protected by a passphrase'),
      next: expect.stringContaining('ssh-add'),
    })
  })

  test('one person in the editor, and two wanted on the terminal', async () => {
    const onePerson = { SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false' }
    hosts(bench, here(host))
    const asked = { host_id: 'web-1', template_id: 'restart_service', params: { service: 'nginx' } }
    const asking = { action: 'run_ssh_command', arguments: asked, justification: 'stuck' }
    const { result } = await bench.asModel('request_approval', asking, onePerson)
    const approve = ['approvals', 'approve', String(result?.request_id)]
    const refused = await bench.sshmcp(approve, { typed: ['web-1'] })
    expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('APPROVAL_OWN_REQUEST') })
    expect(refused.err).toContain('SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL=false for `sshmcp approvals approve ID`')
    expect(await bench.sshmcp(approve, { typed: ['web-1'], env: onePerson })).toMatchObject({ code: 0 })
  })

  test('two servers on one folder are no mistake: both answer, in one journal', async () => {
    const both = await Promise.all([bench.asModel('list_hosts', {}), bench.asModel('list_templates', {})])
    for (const { error } of both) expect(error).toBeUndefined()
    expect((await see(['audit', 'verify', '--require', 'signed'])).code).toBe(0)
  })
})

describe('a login shell that is not served', () => {
  test.each([
    ['/bin/tcsh', '/bin/tcsh\n'],
    ['no shell at all', 'Welcome to the appliance\n'],
  ])('%s', async (_, stdout) => {
    const bench = cliBench({ run: () => ({ stdout }) })
    await bench.withHost()
    const { code, out } = await bench.sshmcp(['doctor', 'web-1'])
    expect(code).toBe(0)
    expect(out).toMatch(/warn +web-1 +The login shell/)
    expect(out).toContain('chsh -s /bin/sh deploy')
    bench.remove()
  })
})

test.each(['v18.20.4', 'v20.18.9'])('Node %s is too old', (version) => {
  expect(nodeVersion(version)).toMatchObject({ state: 'fail', cure: expect.stringContaining('20.19') })
})

test.each(['v20.19.0', 'v24.1.0'])('Node %s will do', (version) => {
  expect(nodeVersion(version).state).toBe('ok')
})
