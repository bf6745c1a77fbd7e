import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tokenSha256 } from '@sshmcp/identity'
import { type ConfigFolder, configFolder } from '@sshmcp/runtime/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BuiltServer, startBuiltServer } from './support/built-server.ts'
import { McpCaller } from './support/mcp-caller.ts'

const megabyte = 1_000_000
const token = 'token-of-alice'
const authorization = `Authorization: Bearer ${token}`
const json = 'Content-Type: application/json\r\nAccept: application/json, text/event-stream'

let folder: ConfigFolder
let server: BuiltServer
let mcp: McpCaller
let session: string
beforeAll(async () => {
  folder = configFolder()
  const alice = { user_id: 'alice', roles: ['operator'], token_sha256: tokenSha256(token) }
  folder.write('identities.json', { identities: [alice] })
  folder.write('policy.json', { transfer_policy: { max_upload_bytes: 10 * megabyte } })
  server = await startBuiltServer(folder, [])
  mcp = new McpCaller((path, init) => fetch(`${server.url}${path}`, init))
  session = await mcp.open(token)
})
afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
  folder?.remove()
})

/** A connection by hand, with all that came back on it. */
function connected(): { readonly socket: Socket; readonly heard: () => string; readonly closed: Promise<void> } {
  let heard = ''
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1').setEncoding('latin1')
  socket.on('data', (text: string) => {
    heard += text
  })
  // Being cut off is what these tests are about.
  socket.on('error', () => {})
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  return { socket, heard: () => heard, closed }
}

/** Sends so many bytes as far as they are taken; gives the status line, and how many there were. */
async function sent(head: string, bytes: number, isChunked: boolean): Promise<{ status: string; taken: number }> {
  const { socket, heard, closed } = connected()
  const piece = Buffer.alloc(65_536, 'x')
  const framed = isChunked ? Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')]) : piece
  const framing = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${bytes}`
  let taken = 0
  let isOver = false
  closed.then(() => {
    isOver = true
  })
  socket.write(`${head}\r\nHost: localhost\r\n${framing}\r\n\r\n`)
  while (taken < bytes && !isOver && heard() === '') {
    taken += piece.length
    if (!socket.write(framed)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed])
    // What came back is only heard when somebody else has a turn.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await expect.poll(heard, { timeout: 30_000 }).not.toBe('')
  socket.destroy()
  return { status: heard().split('\r\n')[0] ?? '', taken }
}

/** The most memory that the server ever had, in bytes. */
const peak = (): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) * 1024

/** An honest caller, served while something goes on. */
async function servedMeanwhile<T>(flood: Promise<T>): Promise<T> {
  let isOver = false
  const ended = flood.finally(() => {
    isOver = true
  })
  let served = 0
  while (!isOver || served === 0) {
    expect(await mcp.call(token, session, 'list_hosts')).toMatchObject({ hosts: [{ host_id: 'web-1' }] })
    served++
    // An honest caller stays within the limit of requests.
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return ended
}

test.each([
  ['/mcp', `POST /mcp HTTP/1.1\r\n${authorization}\r\n${json}`, /^HTTP\/1.1 413/],
  ['/mcp without a token', `POST /mcp HTTP/1.1\r\n${json}`, /^HTTP\/1.1 401/],
  ['a file', `PUT /files?name=big HTTP/1.1\r\n${authorization}`, /^HTTP\/1.1 413/],
  ['a form', 'POST /sign-in HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded', /^HTTP\/1.1 41[13]/],
])('ten bodies of 100 MB for %s: refused early and not kept, and others are served', async (_, head, refusal) => {
  const before = peak()
  const bodies = Array.from({ length: 10 }, (_, n) => sent(head, 100 * megabyte, n % 2 === 1))
  const ends = await servedMeanwhile(Promise.all(bodies))
  for (const { status, taken } of ends) {
    expect(status).toMatch(refusal)
    expect(taken).toBeLessThan(50 * megabyte)
  }
  expect(peak() - before).toBeLessThan(200 * megabyte)
})

test.each([
  ['one header that is too long', `x-flood: ${'x'.repeat(20_000)}\r\n`],
  ['thousands of short ones', Array.from({ length: 3_000 }, (_, n) => `x-${n}: ${n}\r\n`).join('')],
])('100 requests with %s: refused, and others are served', async (_, headers) => {
  const floods = Array.from({ length: 100 }, async () => {
    const { socket, heard, closed } = connected()
    socket.write(`GET /healthz HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`)
    await closed
    return heard()
  })
  for (const heard of await servedMeanwhile(Promise.all(floods))) expect(heard).toMatch(/^HTTP\/1.1 431/)
})

test('200 connections that begin a request and never end it are cut off, and others are served', async () => {
  const slow = Array.from({ length: 200 }, async () => {
    const { socket, closed } = connected()
    socket.write(`POST /mcp HTTP/1.1\r\nHost: localhost\r\n${authorization}\r\nX-And-Then: `)
    await closed
  })
  await servedMeanwhile(Promise.all(slow))
})

test('a name that was rebound to this machine is refused by its Host, an evil page by its Origin, on every path', async () => {
  const status = async (line: string, headers: readonly string[]) => {
    const { socket, heard, closed } = connected()
    socket.write([line, authorization, 'Connection: close', ...headers, '', ''].join('\r\n'))
    await closed
    return heard().split(' ')[1]
  }
  for (const line of [
    'POST /mcp',
    'GET /mcp',
    'GET /approvals',
    'GET /sign-in',
    'GET /files/x',
    'GET /metrics',
    'GET /healthz',
  ]) {
    const request = `${line} HTTP/1.1`
    expect(await status(request, ['Host: evil.example.com']), line).toBe('403')
    expect(await status(request, ['Host: evil.example.com', 'Origin: http://evil.example.com']), line).toBe('403')
    expect(await status(request, ['Host: localhost', 'Origin: http://evil.example.com']), line).toBe('403')
    expect(await status(request, ['Host: localhost', 'Origin: null']), line).toBe('403')
  }
})
