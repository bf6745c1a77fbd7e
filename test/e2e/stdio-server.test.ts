import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type ConfigFolder, configFolder } from '@sshmcp/runtime/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { StdioServerProcess } from './stdio-server.ts'

let folder: ConfigFolder
let servers: StdioServerProcess[]
beforeEach(() => {
  folder = configFolder()
  servers = []
})
afterEach(async () => {
  for (const server of servers) server.child.kill('SIGKILL')
  await Promise.all(servers.map(({ ended }) => ended))
  folder.remove()
})

function start(env: Readonly<Record<string, string>> = {}): StdioServerProcess {
  const server = new StdioServerProcess({ SSH_MCP_CONFIG_DIR: folder.dir, HOME: folder.dir, ...env })
  servers.push(server)
  return server
}

describe('the protocol', { timeout: 60_000 }, () => {
  test('server/discover before initialize is answered, and initialize still works', async () => {
    const server = start()
    const probe = await server.request('server/discover')
    expect(probe.error).toMatchObject({ code: -32601 })
    expect((await server.initialize()).result).toMatchObject({
      protocolVersion: '2025-11-25',
      serverInfo: { name: 'ssh-mcp-server' },
    })
    expect(await server.stop()).toBe(0)
  })

  test('is called what SSH_MCP_SERVER_NAME says', async () => {
    const server = start({ SSH_MCP_SERVER_NAME: 'ops' })
    expect((await server.initialize()).result).toMatchObject({ serverInfo: { name: 'ops' } })
    await server.stop()
  })

  test('stdout carries protocol lines and nothing else', async () => {
    const server = start()
    await server.initialize()
    await server.request('tools/list')
    await server.call('list_hosts')
    await server.call('run_ssh_command', { host_id: 'nowhere', template_id: 'disk_usage' })
    server.write('this is no JSON\n')
    server.notify('notifications/unheard-of')
    expect((await server.request('ping')).result).toEqual({})
    expect(await server.stop()).toBe(0)
    expect(server.lines.length).toBeGreaterThanOrEqual(5)
    for (const line of server.lines) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' })
    expect(server.stderr).toContain('local mode')
  })

  test('a refusal is a result, an unknown tool a protocol error', async () => {
    const server = start()
    await server.initialize()
    const refused = await server.request('tools/call', { name: 'get_host_facts', arguments: { host_id: 'web-2' } })
    expect(refused.result).toMatchObject({
      isError: true,
      structuredContent: {
        error: { code: 'POLICY_HOST_UNKNOWN', candidates: ['web-1'], audit_id: expect.stringMatching(/^op_/) },
      },
      content: [{ type: 'text', text: expect.stringContaining('web-2') }],
      _meta: { risk_level: 'low', confirmation_required: false, approval_required: false },
    })
    expect((await server.request('tools/call', { name: 'rm_rf', arguments: {} })).error).toMatchObject({ code: -32602 })
    expect((await server.request('tools/call', { name: 'decide_approval', arguments: {} })).error).toMatchObject({
      code: -32602,
    })
    await server.stop()
  })

  test('closing stdin ends the server, and its journal is closed in order', async () => {
    const server = start()
    await server.initialize()
    expect(await server.stop()).toBe(0)
    expect(() => process.kill(server.child.pid ?? 0, 0)).toThrow()
    const again = start()
    await again.initialize()
    const { events, verified } = await again.call('get_audit_logs')
    expect(verified).toMatchObject({ verdict: expect.stringMatching(/^OK/) })
    expect(events).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'close' })]))
    await again.stop()
  })

  test('a line without end ends it too, instead of leaving a server that hears nobody', async () => {
    const server = start()
    await server.initialize()
    server.child.stdin?.on('error', () => {})
    server.write('x'.repeat(11_000_000))
    expect(await server.ended).toBe(0)
    expect(server.stderr).toContain('exceeded')
    const again = start()
    await again.initialize()
    const { events } = await again.call('get_audit_logs')
    expect(events).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'close' })]))
    await again.stop()
  })

  test('a client that reads no more ends it too, in the same order', async () => {
    const server = start()
    await server.initialize()
    server.child.stdout?.destroy()
    server.child.stderr?.destroy()
    server.begin('tools/list', {})
    expect(await server.ended).toBe(0)
    const again = start()
    await again.initialize()
    const { events } = await again.call('get_audit_logs')
    expect(events).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'close' })]))
    await again.stop()
  })
})

describe('a wrong configuration is exit 2, one line, and nothing started', { timeout: 60_000 }, () => {
  test.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, string>>, RegExp]>([
    ['malformed JSON', { 'hosts.json': '[' }, {}, /hosts\.json:1:2/],
    ['an unknown key', { 'hosts.json': [{ host_id: 'a', hostname: 'b', prot: 22 }] }, {}, /hosts\.json.*prot.*port/],
    [
      'a bad pattern',
      { 'templates.json': [{ template_id: 't', description: '', command: 'x {a}', allowed_params: { a: '(' } }] },
      {},
      /templates\.json/,
    ],
    [
      'a duplicate id',
      {
        'hosts.json': [
          { host_id: 'a', hostname: 'b' },
          { host_id: 'a', hostname: 'c' },
        ],
      },
      {},
      /hosts\.json.*a/,
    ],
    ['an unknown variable', {}, { SSH_MCP_READ_ONYL: '1' }, /SSH_MCP_READ_ONYL.*SSH_MCP_READ_ONLY/],
    ['a token without identities', {}, { SSH_MCP_AUTH_TOKEN: 'x' }, /identities\.json.*identities add/],
    ['no configuration', {}, { SSH_MCP_CONFIG_DIR: '/nonexistent' }, /sshmcp init/],
  ])('%s', async (_, files, env, says) => {
    for (const [name, content] of Object.entries(files)) folder.write(name, content)
    const server = start(env)
    expect(await server.ended).toBe(2)
    expect(server.stderr.trim().split('\n')).toHaveLength(1)
    expect(server.stderr).toMatch(says)
    expect(server.lines).toEqual([])
    expect(existsSync(join(folder.dir, 'audit_logs'))).toBe(false)
  })
  test('a file that others can write', async () => {
    folder.write('templates.json', [], 0o666)
    const server = start()
    expect(await server.ended).toBe(2)
    expect(server.stderr.trim()).toMatch(/^.*templates\.json.*chmod go-w.*$/)
    expect(server.lines).toEqual([])
    expect(existsSync(join(folder.dir, 'audit_logs'))).toBe(false)
  })
})

test('--help is the usage, and starts nothing', () => {
  const main = new URL('../../apps/stdio-server/src/main.ts', import.meta.url).pathname
  const help = execFileSync(process.execPath, ['--conditions=source', main, '--help'], { encoding: 'utf8' })
  expect(help).toMatch(/^usage: sshmcp-stdio .*\n$/)
})
