import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { plainShell } from '../support/accounts.ts'
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts'
import { type ProductScene, productScene, template } from '../support/product-scene.ts'
import { linesOf } from '../support/real-transport.ts'
import { eventually } from '../support/remote-processes.ts'
import { requireReal } from '../support/require-real.ts'
import { startSshd, type TestSshd } from '../support/sshd.ts'

const isReal = requireReal('sshd', 'ssh-keygen')
const templates = [
  template('whoami', 'echo "$SSH_CONNECTION"'),
  template('slow', 'sleep 0.2; echo done'),
  template('waits', 'echo begun >> {file}; sleep 20; echo ended >> {file}', {
    allowed_params: { file: '^/[a-zA-Z0-9_./-]+$' },
  }),
]

describe.skipIf(!isReal)('one connection, many calls', () => {
  let sshd: TestSshd
  let proxy: FaultProxy
  let scene: ProductScene

  beforeAll(async () => {
    sshd = await startSshd({ ...plainShell, config: ['MaxSessions 3'] })
  })
  afterAll(() => sshd?.stop())
  beforeEach(async () => {
    proxy = await startFaultProxy(sshd.port)
  })
  afterEach(async () => {
    await scene?.close()
    await proxy.close()
  })

  const open = async (env: Readonly<Record<string, string>> = {}) => {
    const knownHosts = linesOf(sshd.knownHostsFile).map((line) => line.replace(`:${sshd.port} `, `:${proxy.port} `))
    const { user, identityFile } = sshd
    const host = { hostname: '127.0.0.1', port: proxy.port, ssh_user: user, identity_file: identityFile }
    const hosts = [{ host_id: 'box', ...host }]
    scene = await productScene({ hosts, templates, knownHosts, env })
  }
  const run = (template_id: string, more: object = {}) =>
    scene.ok('run_ssh_command', { host_id: 'box', template_id, ...more })

  test('ten calls at once make one connection, above the MaxSessions of the host they wait', async () => {
    await open()
    const replies = await Promise.all(Array.from({ length: 10 }, () => run('whoami')))
    expect(new Set(replies.map(({ stdout }) => stdout)).size).toBe(1)
    expect(replies.every(({ exit_code }) => exit_code === 0)).toBe(true)
    expect((await run('slow')).stdout).toBe('done\n')
    expect(proxy.count).toBe(1)
  })

  test('an idle connection is closed, and the next call makes another', async () => {
    await open({ SSH_MCP_SESSION_IDLE_TIMEOUT: '1' })
    await run('whoami')
    await eventually('the idle connection to be closed', () => proxy.open === 0)
    expect(await run('whoami')).toMatchObject({ exit_code: 0 })
    expect(proxy.count).toBe(2)
  })

  test('a connection that died while idle is replaced, whichever way it died', async () => {
    await open({ SSH_MCP_KEEPALIVE_INTERVAL: '1', SSH_MCP_KEEPALIVE_COUNT_MAX: '1' })
    await run('whoami')
    proxy.reset()
    expect(await run('whoami')).toMatchObject({ exit_code: 0 })
    proxy.cut()
    expect(await run('whoami')).toMatchObject({ exit_code: 0 })
    expect(proxy.count).toBe(3)
  })

  test('a command that was sent is never sent again', async () => {
    await open()
    const file = join(sshd.home, 'times')
    const call = scene.call('run_ssh_command', { host_id: 'box', template_id: 'waits', params: { file } })
    await eventually('the command to begin', () => existsSync(file))
    proxy.reset()
    expect(await call).toMatchObject({ isError: true, error: { code: 'TRANSPORT_CONNECTION_LOST' } })
    expect(await run('whoami')).toMatchObject({ exit_code: 0 })
    expect(readFileSync(file, 'utf8')).toBe('begun\n')
  })

  test('the four session tools', async () => {
    await open({ SSH_MCP_MAX_SESSIONS: '1' })
    await run('whoami')
    const opened = await scene.ok('ssh_connect', { host_id: 'box' })
    expect(opened).toMatchObject({ host_id: 'box', status: 'connected', max_sessions: 1, active_sessions: 1 })
    expect(proxy.count).toBe(2)
    const { session_id } = opened
    expect(await scene.call('ssh_connect', { host_id: 'box' })).toMatchObject({ error: { code: 'SESSION_LIMIT' } })
    const pooled = await run('whoami')
    const own = await run('whoami', { session_id })
    expect(own.stdout).not.toBe(pooled.stdout)
    expect(await run('whoami', { session_id })).toMatchObject({ stdout: own.stdout })
    const pinged = await scene.ok('ssh_session_ping', { session_id })
    expect(pinged).toMatchObject({ session_id, host_id: 'box', alive: true, round_trip_ms: expect.any(Number) })
    expect(await scene.ok('ssh_list_sessions')).toMatchObject({
      active_count: 1,
      max_sessions: 1,
      sessions: [{ session_id, host_id: 'box', alive: true }],
    })
    expect(await scene.ok('ssh_disconnect', { session_id })).toEqual({
      session_id,
      status: 'disconnected',
      audit_id: expect.any(String),
    })
    await eventually('its connection to be closed', () => proxy.open === 1)
    expect(await scene.call('ssh_session_ping', { session_id })).toMatchObject({ error: { code: 'SESSION_UNKNOWN' } })
  })

  test('a session is its connection: when the network breaks it, it is gone and gets no other', async () => {
    await open()
    const { session_id } = await scene.ok('ssh_connect', { host_id: 'box' })
    proxy.reset()
    await eventually('the session to be gone', () => proxy.open === 0)
    const call = await scene.call('run_ssh_command', { host_id: 'box', template_id: 'whoami', session_id })
    expect(call).toMatchObject({
      error: { code: expect.stringMatching(/^SESSION_UNKNOWN$|^TRANSPORT_CONNECTION_DEAD$/) },
    })
    expect(proxy.count).toBe(1)
  })
})
