import { once } from 'node:events'
import { connect } from 'node:net'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serverOptions } from '../src/listening.ts'
import { HttpBench } from './support/http-bench.ts'
import { portOf } from './support/token-proxy.ts'

let bench: HttpBench
let server: ReturnType<typeof serve>
let port: number
beforeAll(async () => {
  bench = await HttpBench.start()
  const quick = { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 20 }
  server = serve({
    ...{ fetch: bench.http.app.fetch, hostname: '127.0.0.1', port: 0, overrideGlobalObjects: false },
    serverOptions: { ...serverOptions, ...quick },
  })
  await once(server, 'listening')
  port = portOf(server.address())
})
afterAll(async () => {
  server?.close()
  await bench?.close()
})

const head = [
  'POST /mcp HTTP/1.1',
  'Host: 127.0.0.1',
  'Authorization: Bearer token-of-alice',
  'Content-Type: application/json',
  'Accept: application/json, text/event-stream',
]
const initialize = JSON.stringify({
  ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'slow', version: '1' } },
})

test.each([
  ['headers', `${head.join('\r\n')}\r\nX-And-Then: `],
  ['a body', `${[...head, 'Content-Length: 1000'].join('\r\n')}\r\n\r\n{`],
  ['a body without a length', `${[...head, 'Transfer-Encoding: chunked'].join('\r\n')}\r\n\r\n1\r\n{\r\n`],
])('many who send %s and never end are cut off, and others are served meanwhile', async (_, start) => {
  const slow = Array.from({ length: 50 }, () =>
    connect(port, '127.0.0.1')
      .on('error', () => {})
      .resume(),
  )
  await Promise.all(slow.map((socket) => once(socket, 'connect')))
  const closed = Promise.all(slow.map((socket) => once(socket, 'close')))
  for (const socket of slow) socket.write(start)
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
  await closed
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
})

test('a body without a length that does end is served like any other', async () => {
  const body = new Blob([initialize]).stream()
  const headers = Object.fromEntries(head.slice(2).map((line) => line.split(': ')))
  const init = { method: 'POST', headers, body, duplex: 'half' as const }
  const response = await fetch(`http://127.0.0.1:${port}/mcp`, init)
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('ssh-mcp-server')])
})
