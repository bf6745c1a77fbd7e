import { homedir } from 'node:os'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import type { Invocation } from './command-line.ts'
import { start } from './extension.ts'
import { type FakeEditor, fakeEditor } from './testing/fake-editor.ts'

const request = {
  request_id: 'apr_1',
  action: 'run_ssh_command',
  host_id: 'web-1',
  summary: 'restart nginx',
  requester_id: 'alice',
  expires_at: '2027-01-01T00:00:00Z',
}
let fake: FakeEditor
let ran: Invocation[] = []
let pending: object[] = []
let mode = 'one-person'
let failure = ''

const answerTo = (args: readonly string[]): object =>
  args.includes('list')
    ? { pending }
    : { text: 'sudo -n -- systemctl restart nginx', status: 'pending', mode, typed_word: 'web-1' }

beforeEach(async () => {
  fake = fakeEditor()
  ran = []
  pending = []
  mode = 'one-person'
  failure = ''
  await start(fake.editor, fake.place, {
    env: { PATH: '/opt/node/bin' },
    versionOf: async (path) => (path === '/opt/node/bin/node' ? 'v24.1.0\n' : undefined),
    run: async (invocation) => {
      ran.push(invocation)
      return { code: failure === '' ? 0 : 2, stdout: JSON.stringify(answerTo(invocation.args)), stderr: failure }
    },
  })
})

const call = (command: string) => fake.commands.get(command)?.()

async function server() {
  const [provider] = fake.providers
  const signal = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => {} }) }
  const [definition] = (await provider?.provideMcpServerDefinitions(signal)) ?? []
  if (definition === undefined) throw new Error('no server was offered')
  return { definition, resolve: () => provider?.resolveMcpServerDefinition?.(definition, signal) }
}

describe('the server', () => {
  test('is offered with the settings as variables, their defaults those of the server', async () => {
    const { definition } = await server()
    expect(definition.args).toEqual(['/extension/server/index.js'])
    expect(definition.version).toBe(manifest.version)
    expect(definition.env).toEqual({
      SSH_MCP_CONFIG_DIR: `${homedir()}/.ssh-mcp`,
      SSH_MCP_MAX_SESSIONS: '10',
      SSH_MCP_SESSION_IDLE_TIMEOUT: '300',
      SSH_MCP_KEEPALIVE_INTERVAL: '15',
      SSH_MCP_MAX_BACKGROUND_JOBS: '10',
      SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'true',
    })
  })

  test.each([
    ['configDir', '/srv/ssh', 'SSH_MCP_CONFIG_DIR', '/srv/ssh'],
    ['maxSessions', 3, 'SSH_MCP_MAX_SESSIONS', '3'],
    ['sessionIdleTimeout', 60, 'SSH_MCP_SESSION_IDLE_TIMEOUT', '60'],
    ['keepaliveInterval', 0, 'SSH_MCP_KEEPALIVE_INTERVAL', '0'],
    ['maxBackgroundJobs', 1, 'SSH_MCP_MAX_BACKGROUND_JOBS', '1'],
    ['requireTwoPartyApproval', false, 'SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL', 'false'],
  ])('hears of sshMcp.%s', async (key, value, variable, text) => {
    fake.settings.set(`sshMcp.${key}`, value)
    expect((await server()).definition.env).toMatchObject({ [variable]: text })
  })

  test('gets its token and its Node only when it is started', async () => {
    await fake.place.secrets.store('sshMcp.token', 'secret-token')
    const { definition, resolve } = await server()
    expect(JSON.stringify(definition)).not.toContain('secret-token')
    expect(await resolve()).toMatchObject({
      command: '/opt/node/bin/node',
      env: { SSH_MCP_AUTH_TOKEN: 'secret-token', SSH_MCP_MAX_SESSIONS: '10' },
    })
  })

  test('is another one when a setting or the token changes', async () => {
    const changed = vi.fn()
    fake.providers[0]?.onDidChangeMcpServerDefinitions?.(changed)
    fake.changeSettings()
    fake.answers.box = ' fresh-token '
    await call('sshMcp.setToken')
    expect(fake.secrets.get('sshMcp.token')).toBe('fresh-token')
    await call('sshMcp.clearToken')
    expect(fake.secrets.size).toBe(0)
    expect(changed).toHaveBeenCalledTimes(3)
  })
})

describe('settings', () => {
  test('belong to the machine: no workspace can change them', () => {
    const { properties } = manifest.contributes.configuration
    expect(Object.values(properties).map(({ scope }) => scope)).toEqual(Object.keys(properties).map(() => 'machine'))
  })

  test('and commands are those that the manifest tells the editor', () => {
    expect([...fake.commands.keys()].sort()).toEqual(manifest.contributes.commands.map(({ command }) => command).sort())
  })
})

describe('the status bar', () => {
  test('counts what waits, and is hidden while nothing does', async () => {
    expect(fake.status.visible).toBe(false)
    pending = [request]
    fake.changeFiles()
    await vi.waitFor(() => expect(fake.status).toMatchObject({ visible: true, text: '$(shield) 1 to approve' }))
    pending = []
    fake.changeFiles()
    await vi.waitFor(() => expect(fake.status.visible).toBe(false))
    expect(fake.watched).toMatchObject([{ base: `${homedir()}/.ssh-mcp/approval_data` }])
  })

  test('logs why it cannot look, and shows nothing', async () => {
    failure = 'No configuration'
    fake.changeFiles()
    await vi.waitFor(() => expect(fake.seen).toContain('log No configuration'))
    expect(fake.status.visible).toBe(false)
  })
})

describe('a review', () => {
  beforeEach(() => {
    pending = [request]
  })

  test('opens the full operation, asks for the word, and hands it to a terminal of the command line', async () => {
    fake.answers.box = 'web-1'
    await call('sshMcp.reviewApproval')
    expect(fake.seen.slice(-2)).toEqual([
      'document sudo -n -- systemctl restart nginx',
      'box Type web-1 to approve it; Escape leaves it pending',
    ])
    expect(fake.terminals).toMatchObject([
      {
        options: {
          shellPath: '/opt/node/bin/node',
          shellArgs: ['/extension/server/sshmcp.js', 'approvals', 'approve', 'apr_1'],
        },
        sent: ['web-1'],
      },
    ])
    expect(ran.some(({ args }) => args.includes('approve'))).toBe(false)
    fake.closeTerminal()
    await vi.waitFor(() => expect(fake.seen).toContain('apr_1 is pending.'))
  })

  test.each(manifest.contributes.commands)('no command decides without a word of a person: $command', async (one) => {
    await call(one.command)
    expect(fake.terminals).toEqual([])
    expect(ran.filter(({ args }) => args.includes('approve') || args.includes('deny'))).toEqual([])
  })

  test('with two people needs a token of the other', async () => {
    mode = 'two-party'
    fake.answers.box = 'web-1'
    await call('sshMcp.reviewApproval')
    expect(fake.seen.at(-1)).toMatch(/^A second person approves this/)
    expect(fake.terminals).toEqual([])
    await fake.place.secrets.store('sshMcp.approverToken', 'of-bob')
    await call('sshMcp.reviewApproval')
    expect(fake.terminals).toMatchObject([{ options: { env: { SSH_MCP_AUTH_TOKEN: 'of-bob' } } }])
    expect((await server()).definition.env).not.toHaveProperty('SSH_MCP_AUTH_TOKEN')
  })

  test('sends one line, whatever was pasted', async () => {
    fake.answers.box = 'web-1\rrm -rf\u0003'
    await call('sshMcp.reviewApproval')
    expect(fake.terminals[0]?.sent).toEqual(['web-1rm -rf'])
  })

  test('denies with a reason', async () => {
    fake.answers.box = 'not now'
    await call('sshMcp.denyApproval')
    expect(ran.map(({ args }) => args.slice(1))).toContainEqual([
      ...['--json', 'approvals', 'deny', 'apr_1', '--reason=not now'],
    ])
  })

  test('says it in the words of the command line when it fails', async () => {
    failure = 'That token is unknown'
    await call('sshMcp.reviewApproval')
    expect(fake.seen).toContain('error That token is unknown')
  })

  test('says so when nothing waits', async () => {
    pending = []
    await call('sshMcp.reviewApproval')
    expect(fake.seen.at(-1)).toBe('Nothing waits for a decision.')
  })
})
