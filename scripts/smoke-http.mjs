// Starts the built HTTP server with the Node that runs this file, opens a session, lists tools, and expects it to end
// with 0 on SIGTERM. Plain JavaScript and Node's own modules only: it also runs on the oldest Node we serve.
// Usage: node scripts/smoke-http.mjs apps/http-server/dist/index.js
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const [server] = process.argv.slice(2)
if (server === undefined) {
  console.error('usage: node scripts/smoke-http.mjs PATH-OF-SERVER')
  process.exit(2)
}

const config = fileURLToPath(new URL('../config/', import.meta.url))
const home = mkdtempSync(join(tmpdir(), 'sshmcp-smoke-'))
cpSync(join(config, 'hosts.example.json'), join(home, 'hosts.json'))
cpSync(join(config, 'templates.json'), join(home, 'templates.json'))

const child = spawn(process.execPath, [resolve(server), '--dev'], {
  env: { PATH: process.env.PATH, HOME: home, SSH_MCP_CONFIG_DIR: home, SSH_MCP_PORT: '0' },
  stdio: ['ignore', 'ignore', 'pipe'],
})
const ended = once(child, 'exit')
const deadline = setTimeout(() => child.kill('SIGKILL'), 30_000)
let said = ''

try {
  for await (const text of child.stderr.setEncoding('utf8')) {
    said += text
    if (/with the token \S+\n/.test(said)) break
  }
  const [, address] = /listening on (\S+)/.exec(said) ?? assert.fail(said)
  const [, token] = /with the token (\S+)/.exec(said) ?? assert.fail(said)
  const post = (message, headers = {}) =>
    fetch(`${address}/mcp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        authorization: `Bearer ${token}`,
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    })
  const hello = await post({
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'smoke', version: '1' } },
  })
  assert.equal(hello.status, 200, await hello.text())
  const session = { 'mcp-session-id': hello.headers.get('mcp-session-id') }
  const listed = await (await post({ id: 2, method: 'tools/list' }, session)).text()
  assert.match(listed, /run_ssh_command/)
  assert.equal((await fetch(`${address}/healthz`)).status, 200)
  child.kill('SIGTERM')
  assert.deepEqual(await ended, [0, null])
  console.log(`smoke: http server on Node ${process.version} answers and ends`)
} finally {
  clearTimeout(deadline)
  child.kill('SIGKILL')
  rmSync(home, { recursive: true, force: true })
}
