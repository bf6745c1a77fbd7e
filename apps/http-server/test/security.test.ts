import { tokenSha256 } from '@sshmcp/identity'
import { Secret } from '@sshmcp/kernel'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HttpBench } from './support/http-bench.ts'

const alice = 'token-of-alice'
const bob = 'token-of-bob'
const list = { id: 1, method: 'tools/list' }

let bench: HttpBench
beforeEach(async () => {
  bench = await HttpBench.start()
})
afterEach(() => bench.close())

test('the whole road over HTTP: session, tools, a command on a host, the journal', async () => {
  const session = await bench.open(alice)
  const result = await bench.call(alice, session, 'run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })
  expect(result).toMatchObject({ exit_code: 0, stdout: 'fine' })
  const log = await bench.call(bob, await bench.open(bob), 'get_audit_logs', { tool: 'run_ssh_command' })
  expect(log).toMatchObject({
    events: expect.arrayContaining([expect.objectContaining({ user_id: 'alice', status: 'ok' })]),
  })
})

describe('who is calling', () => {
  test.each([
    ['no token', undefined, /^Bearer realm="sshmcp"$/],
    ['an unknown token', 'nonsense', /error="invalid_token"/],
    ['a token that breaks the header', 'a b', /^Bearer/],
  ])('%s is a 401 with a challenge', async (_, token, challenge) => {
    const response = await bench.rpc(token, list)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(challenge)
  })

  test('a token in the address is nobody’s', async () => {
    expect((await bench.request(`/mcp?access_token=${encodeURIComponent(alice)}`, { method: 'POST' })).status).toBe(401)
  })

  test('a revoked token ends at once, in the middle of its session', async () => {
    const session = await bench.open(alice)
    bench.folder.write('identities.json', {
      identities: [{ user_id: 'bob', roles: ['admin'], token_sha256: 'a'.repeat(64) }],
    })
    expect((await bench.rpc(alice, list, { 'mcp-session-id': session })).status).toBe(401)
  })

  test('an expired token is a 401 with a challenge, also in the middle of its session', async () => {
    const token_sha256 = tokenSha256('token-of-carol')
    const expires_at = new Date(bench.clock.now() + 60_000).toISOString()
    bench.folder.write('identities.json', {
      identities: [{ user_id: 'carol', roles: ['operator'], token_sha256, expires_at }],
    })
    const session = await bench.open('token-of-carol')
    bench.clock.advance(60_000)
    const response = await bench.rpc('token-of-carol', list, { 'mcp-session-id': session })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/error="invalid_token"/)
    expect(await response.json()).toMatchObject({ error: { code: 'IDENTITY_TOKEN_EXPIRED' } })
  })

  test('somebody else’s session is not found, as one that never was', async () => {
    const session = await bench.open(alice)
    const other = await bench.rpc(bob, list, { 'mcp-session-id': session })
    const never = await bench.rpc(bob, list, { 'mcp-session-id': 'never' })
    expect([other.status, never.status]).toEqual([404, 404])
    expect(await other.text()).toBe(await never.text())
    const ended = await bench.request('/mcp', {
      method: 'DELETE',
      headers: { authorization: `Bearer ${bob}`, 'mcp-session-id': session },
    })
    expect(ended.status).toBe(404)
    expect((await bench.rpc(alice, list, { 'mcp-session-id': session })).status).toBe(200)
  })

  test('somebody else’s connection and job are not found', async () => {
    const session = await bench.open(alice)
    const { session_id } = await bench.call(alice, session, 'ssh_connect', { host_id: 'web-1' })
    const { job_id } = await bench.call(alice, session, 'run_ssh_command_background', {
      host_id: 'web-1',
      template_id: 'disk_usage',
    })
    const others = await bench.open(bob)
    expect(await bench.call(bob, others, 'ssh_session_ping', { session_id })).toMatchObject({
      error: { code: 'SESSION_UNKNOWN' },
    })
    expect(await bench.call(bob, others, 'poll_background_job', { job_id })).toMatchObject({
      error: { code: 'JOB_UNKNOWN' },
    })
  })

  test('guessing tokens is slowed down', async () => {
    for (let n = 0; n < 60; n++) await bench.rpc('guess', list)
    const response = await bench.rpc('guess', list)
    expect([response.status, Number(response.headers.get('retry-after')) > 0]).toEqual([429, true])
    bench.clock.advance(61_000)
    expect((await bench.rpc('guess', list)).status).toBe(401)
  })
})

describe('where a request comes from', () => {
  test.each([
    ['an evil Origin with a valid Host', { origin: 'http://evil.example.com' }, 403],
    ['an evil Host without Origin', { host: 'evil.example.com' }, 403],
    ['an evil Host with its own Origin', { host: 'evil.example.com', origin: 'http://evil.example.com' }, 403],
    ['the Origin null', { origin: 'null' }, 403],
    ['another port of this machine', { host: '127.0.0.1:8022', origin: 'http://127.0.0.1:9999' }, 403],
    ['its own Origin', { host: '127.0.0.1:8022', origin: 'http://127.0.0.1:8022' }, 200],
    ['localhost', { host: 'localhost:8022' }, 200],
  ])('%s', async (_, headers, status) => {
    const initialize = {
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
    }
    expect((await bench.rpc(alice, initialize, headers)).status).toBe(status)
  })

  test('http.json says what else is allowed', async () => {
    await bench.close()
    bench = await HttpBench.start({
      http: {
        public_url: 'https://ssh.example.org',
        allowed_hosts: ['inner.example.org:8022'],
        allowed_origins: ['https://tools.example.org'],
      },
    })
    const status = async (headers: Readonly<Record<string, string>>) =>
      (await bench.request('/healthz', { headers })).status
    expect(await status({ host: 'ssh.example.org', origin: 'https://ssh.example.org' })).toBe(200)
    expect(await status({ host: 'ssh.example.org', origin: 'http://ssh.example.org' })).toBe(403)
    expect(await status({ host: 'inner.example.org:8022', origin: 'https://tools.example.org' })).toBe(200)
    expect(await status({ host: 'inner.example.org' })).toBe(403)
  })
})

describe('hygiene', () => {
  test('every answer has a strict policy, an id and a log line without secrets', async () => {
    const response = await bench.rpc(alice, list)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    const line = JSON.parse(bench.accessLines.at(-1) ?? '')
    expect(line).toMatchObject({
      request_id: response.headers.get('x-request-id'),
      method: 'POST',
      path: '/mcp',
      user_id: 'alice',
    })
    expect(bench.accessLines.join()).not.toContain('token-of')
  })

  test('what is refused before the road has a code and says what to do', async () => {
    await bench.close()
    bench = await HttpBench.start({ limits: { requestsPerMinute: 1 } })
    await bench.open(alice)
    const authorization = { authorization: `Bearer ${bob}` }
    const refusals: readonly (readonly [number, string, Promise<Response>])[] = [
      [401, 'HTTP_TOKEN_MISSING', bench.rpc(undefined, list)],
      [429, 'HTTP_TOO_MANY_REQUESTS', bench.rpc(alice, list)],
      [403, 'HTTP_HOST_UNKNOWN', bench.rpc(alice, list, { host: 'evil.example.com' })],
      [403, 'HTTP_ORIGIN_UNKNOWN', bench.rpc(alice, list, { origin: 'http://evil.example.com' })],
      [403, 'HTTP_ROLE_MISSING', bench.request('/metrics', { headers: { authorization: `Bearer ${alice}` } })],
      [400, 'HTTP_BODY_MISSING', bench.request('/files', { method: 'PUT', headers: authorization })],
    ]
    for (const [status, code, response] of refusals) {
      const said = [(await response).status, await (await response).json()]
      const error = { code, message: expect.any(String), next: expect.any(String) }
      expect(said).toEqual([status, { error }])
    }
  })

  test('a body over the limit is refused, said or not', async () => {
    const big = await bench.rpc(alice, { id: 1, method: 'x', params: { text: 'x'.repeat(1_100_000) } })
    expect(big.status).toBe(413)
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536))
      },
    })
    const init = {
      method: 'POST',
      headers: {
        authorization: `Bearer ${alice}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: endless,
      duplex: 'half' as const,
    }
    expect((await bench.request('/mcp', init)).status).toBe(413)
    expect(sent).toBeLessThan(4_000_000)
  })

  test('sessions are limited per identity: the longest idle one makes room', async () => {
    await bench.close()
    bench = await HttpBench.start({ limits: { sessionsPerIdentity: 2 } })
    const first = await bench.open(alice)
    bench.clock.advance(1000)
    const second = await bench.open(alice)
    await bench.open(alice)
    expect((await bench.rpc(alice, list, { 'mcp-session-id': first })).status).toBe(404)
    expect((await bench.rpc(alice, list, { 'mcp-session-id': second })).status).toBe(200)
    expect(bench.http.endpoint.sessions).toBe(2)
  })

  test('sessions that open slowly, all at once, are limited like any other', async () => {
    await bench.close()
    bench = await HttpBench.start({ limits: { sessionsPerIdentity: 2 } })
    let sendRest = (): void => undefined
    const isTime = new Promise<void>((resolve) => {
      sendRest = resolve
    })
    const opening = Array.from({ length: 5 }, () => bench.openSlowly(alice, isTime))
    await expect(Promise.race(opening)).resolves.toMatchObject({ status: 429 })
    sendRest()
    const answers = await Promise.all(opening)
    await Promise.all(answers.map((answer) => answer.text()))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 429, 429, 429])
    expect(bench.http.endpoint.sessions).toBe(2)
    await bench.open(alice)
    await bench.open(bob)
  })

  test('idle sessions expire', async () => {
    await bench.open(alice)
    bench.clock.advance(30 * 60_000)
    await bench.http.endpoint.endIdle()
    expect(bench.http.endpoint.sessions).toBe(0)
  })

  test('requests are limited per identity', async () => {
    await bench.close()
    bench = await HttpBench.start({ limits: { requestsPerMinute: 2 } })
    await bench.open(alice)
    await bench.open(alice)
    expect((await bench.rpc(alice, list)).status).toBe(429)
    await bench.open(bob)
  })

  test('while it drains it takes nothing new, is not ready, and ends with outcomes written', async () => {
    await bench.close()
    bench = await HttpBench.start({ run: () => ({ hangs: true }) })
    const session = await bench.open(alice)
    const call = bench.call(alice, session, 'run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })
    const settled = Promise.allSettled([call])
    await expect.poll(() => bench.transport.sent.length).toBe(1)
    await bench.http.drain(0)
    await settled
    expect((await bench.request('/readyz')).status).toBe(503)
    expect((await bench.rpc(alice, list)).status).toBe(503)
    const journal = await bench.runtime.pipeline.call({
      tool: 'get_audit_logs',
      args: { tool: 'run_ssh_command' },
      credential: { kind: 'bearer', token: new Secret(bob) },
      client: { name: 'test', version: '1' },
      via: 'terminal',
      signal: new AbortController().signal,
    })
    expect(journal).toMatchObject({
      result: {
        events: expect.arrayContaining([
          expect.objectContaining({ kind: 'outcome', detail: expect.objectContaining({ remote_process: 'dead' }) }),
        ]),
      },
    })
  })

  test('ready while the journal can be written', async () => {
    expect((await bench.request('/readyz')).status).toBe(200)
    await bench.close()
    bench = await HttpBench.start({ isHealthy: () => false })
    expect((await bench.request('/readyz')).status).toBe(503)
    expect((await bench.request('/healthz')).status).toBe(200)
  })
})
