import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type ConfigFolder, configFolder } from '@sshmcp/runtime/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { McpCaller } from './support/mcp-caller.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

let folder: ConfigFolder
let child: ChildProcess | undefined
let stderr = ''
let stdout = ''

beforeEach(() => {
  folder = configFolder()
  stderr = ''
  stdout = ''
})
afterEach(async () => {
  if (child !== undefined && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  folder.remove()
})

function start(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<number | null> {
  const started = spawn(process.execPath, ['--conditions=source', main, ...args], {
    env: { PATH: process.env.PATH, HOME: folder.dir, SSH_MCP_CONFIG_DIR: folder.dir, SSH_MCP_PORT: '0', ...env },
    stdio: 'pipe',
  })
  started.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  started.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child = started
  return once(started, 'exit').then(([code]) => code)
}

const says = (pattern: RegExp): Promise<string> =>
  expect
    .poll(() => pattern.exec(stderr)?.[1], { timeout: 30_000, message: `waits for ${pattern}` })
    .toBeDefined()
    .then(() => pattern.exec(stderr)?.[1] ?? '')

describe('starting', () => {
  test('with nobody who could call is exit 2 and says how to make the first', async () => {
    expect(await start()).toBe(2)
    expect(stderr).toMatch(/sshmcp identities add NAME --roles/)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  test('an unknown option is exit 2 with the usage', async () => {
    expect(await start(['--nonsense'])).toBe(2)
    expect(stderr).toContain('usage: sshmcp-http')
  })

  test('--help is the usage, and starts nothing', async () => {
    expect(await start(['--help'])).toBe(0)
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringMatching(/^usage: sshmcp-http .*\n$/), stderr: '' })
  })
})

describe('a running server', () => {
  test('--dev: one token, said once; ends with 0 on SIGTERM', async () => {
    const ended = start(['--dev'])
    const port = await says(/listening on http:\/\/127\.0\.0\.1:(\d+)/)
    const token = await says(/with the token (\S+)/)
    const call = (authorization?: string) =>
      fetch(`http://127.0.0.1:${port}/mcp`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...(authorization === undefined ? {} : { authorization }),
        },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'initialize',
          params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
        }),
      })
    expect((await call()).status).toBe(401)
    const opened = await call(`Bearer ${token}`)
    expect([opened.status, await opened.text()]).toEqual([200, expect.stringContaining('ssh-mcp-server')])
    child?.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(stderr.split(token)).toHaveLength(2)
    expect(stdout).not.toContain(token)
    expect(stdout).toContain('"path":"/mcp"')
  })

  test('on a port that the system chose, links name that port', async () => {
    folder.write('templates.json', [
      { template_id: 'restart_web', description: 'Restarts', command: 'true', allowed_params: {}, risk_level: 'high' },
    ])
    start(['--dev'], { SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false' })
    const url = await says(/listening on (\S+)/)
    const token = await says(/with the token (\S+)/)
    const caller = new McpCaller((path, init) => fetch(`${url}${path}`, init))
    const { how_to_approve } = await caller.call(token, await caller.open(token), 'request_approval', {
      action: 'run_ssh_command',
      arguments: { host_id: 'web-1', template_id: 'restart_web' },
      justification: 'it hangs',
    })
    expect(how_to_approve).toContain(`${url}/approvals/apr_`)
  })

  test('a flood of headers ends that connection alone', async () => {
    start(['--dev'])
    const port = Number(await says(/listening on http:\/\/127\.0\.0\.1:(\d+)/))
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    let answer = ''
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text
    })
    socket.write(`GET /healthz HTTP/1.1\r\nHost: localhost\r\n${'x-flood: '.padEnd(20_000, 'x')}\r\n`)
    await once(socket, 'close')
    expect(answer).toMatch(/^HTTP\/1\.1 431/)
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
  })

  test('SIGHUP takes the files as they are now, and keeps the old ones when they are wrong', async () => {
    start(['--dev'])
    await says(/(listening)/)
    folder.write('hosts.json', '[')
    child?.kill('SIGHUP')
    await says(/(not reloaded, the old configuration stays: .*hosts\.json)/)
    folder.write('hosts.json', [{ host_id: 'web-2', hostname: '127.0.0.1' }])
    child?.kill('SIGHUP')
    await says(/(configuration reloaded)/)
  })
})
