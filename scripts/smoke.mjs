// Starts the built stdio server with the Node that runs this file, speaks to it as an editor would, and expects it to
// end when its stdin closes. Plain JavaScript and Node's own modules only: it also runs on the oldest Node we serve.
// Usage: node scripts/smoke.mjs apps/stdio-server/dist/index.js
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const [server] = process.argv.slice(2)
if (server === undefined) {
  console.error('usage: node scripts/smoke.mjs PATH-OF-SERVER')
  process.exit(2)
}

const config = fileURLToPath(new URL('../config/', import.meta.url))
const home = mkdtempSync(join(tmpdir(), 'sshmcp-smoke-'))
cpSync(join(config, 'hosts.example.json'), join(home, 'hosts.json'))
cpSync(join(config, 'templates.json'), join(home, 'templates.json'))

const child = spawn(process.execPath, [resolve(server)], {
  env: { PATH: process.env.PATH, HOME: home, SSH_MCP_CONFIG_DIR: home },
  stdio: ['pipe', 'pipe', 'pipe'],
})
let complaints = ''
child.stderr.setEncoding('utf8').on('data', (text) => {
  complaints += text
})
const deadline = setTimeout(() => {
  console.error(`smoke: no answer within 30 s\n${complaints}`)
  child.kill('SIGKILL')
  process.exitCode = 1
}, 30_000)
const ended = once(child, 'exit')
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()

const send = (message) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
const ask = async (id, method, params) => {
  send({ id, method, params })
  for (;;) {
    const { value, done } = await lines.next()
    assert.ok(!done, `the server ended before it answered ${method}\n${complaints}`)
    const message = JSON.parse(value) // anything else on stdout is not the protocol
    assert.equal(message.jsonrpc, '2.0')
    if (message.id === id) return message
  }
}

try {
  const early = await ask(1, 'server/discover', {})
  assert.ok(early.error ?? early.result, 'server/discover is answered before initialize')
  const hello = await ask(2, 'initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'smoke', version: '1' },
  })
  assert.equal(hello.result?.protocolVersion, '2025-11-25', JSON.stringify(hello.error))
  send({ method: 'notifications/initialized' })
  const { result, error } = await ask(3, 'tools/list', {})
  assert.ok(result?.tools.length > 0, JSON.stringify(error))
  assert.ok(result.tools.some(({ name }) => name === 'run_ssh_command'))
  const closed = performance.now()
  child.stdin.end()
  const [code] = await ended
  assert.equal(code, 0, `exit status of the server\n${complaints}`)
  assert.ok(performance.now() - closed < 3000, 'the server ends within 3 s of its stdin')
  assert.equal((await lines.next()).done, true, 'nothing follows on stdout')
  console.log(`smoke: ${result.tools.length} tools on Node ${process.version}`)
} finally {
  clearTimeout(deadline)
  child.kill('SIGKILL')
  rmSync(home, { recursive: true, force: true })
}
