import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HttpBench } from './support/http-bench.ts'

let bench: HttpBench
beforeEach(async () => {
  bench = await HttpBench.start()
})
afterEach(() => bench.close())

function signIn(token: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const origin = 'http://127.0.0.1:8022'
  const form = { origin, 'content-type': 'application/x-www-form-urlencoded' }
  const body = new URLSearchParams({ token, next: '/approvals' }).toString()
  return bench.request('/sign-in', { method: 'POST', headers: { ...form, ...headers }, body })
}

describe('forms', () => {
  test('that are too big, or do not say how big they are, are not read', async () => {
    expect((await signIn('x', { 'content-length': '32769' })).status).toBe(413)
    expect((await signIn('x', { 'transfer-encoding': 'chunked' })).status).toBe(411)
    expect((await signIn('token-of-bob')).status).toBe(303)
  })

  test('guessing a token on the page is slowed down', async () => {
    for (let n = 0; n < 20; n++) expect((await signIn('guess')).status).toBe(403)
    const response = await signIn('token-of-bob')
    expect([response.status, Number(response.headers.get('retry-after')) > 0]).toEqual([429, true])
    bench.clock.advance(61_000)
    expect((await signIn('token-of-bob')).status).toBe(303)
  })

  test('trusted_proxy_hops says which address of the proxies counts', async () => {
    await bench.close()
    bench = await HttpBench.start({ http: { trusted_proxy_hops: 2 } })
    const from = (forwarded: string) => signIn('guess', { 'x-forwarded-for': forwarded })
    // The first address is what the caller claims, the second what the outer proxy saw, the third that proxy.
    for (let n = 0; n < 20; n++) await from(`10.9.9.${n}, 192.0.2.1, 198.51.100.1`)
    expect((await from('10.1.1.1, 192.0.2.1, 198.51.100.1')).status).toBe(429)
    expect((await from('10.1.1.1, 192.0.2.2, 198.51.100.1')).status).toBe(403)
    expect(bench.accessLines.at(-1)).toContain('"address":"192.0.2.2"')
  })

  test('without trusted proxies what a caller says of its address counts for nothing', async () => {
    for (let n = 0; n < 20; n++) await signIn('guess', { 'x-forwarded-for': `192.0.2.${n}` })
    expect((await signIn('guess', { 'x-forwarded-for': '192.0.2.99' })).status).toBe(429)
  })
})

describe('/readyz', () => {
  const ready = async () => {
    const response = await bench.request('/readyz')
    return [response.status, await response.json()]
  }
  const allIsWell = { status: 'ready', journal_writable: true, identities_readable: true, files_on_disk_valid: true }

  test('tells when a reload would refuse the files; what was read before still serves', async () => {
    expect(await ready()).toEqual([200, allIsWell])
    bench.folder.write('hosts.json', '[')
    bench.clock.advance(5_000)
    expect(await ready()).toEqual([200, { ...allIsWell, files_on_disk_valid: false }])
    await bench.open('token-of-alice')
    bench.clock.advance(5_000)
    await ready()
    expect(bench.logLines.filter((line) => line.includes('would be refused'))).toEqual([
      expect.stringContaining('hosts.json'),
    ])
    bench.folder.write('hosts.json', [])
    bench.clock.advance(5_000)
    expect(await ready()).toEqual([200, allIsWell])
  })

  test('is 503 while it cannot be told who is calling, which every call is refused for', async () => {
    bench.folder.write('identities.json', '{')
    bench.clock.advance(5_000)
    expect(await ready()).toEqual([503, expect.objectContaining({ status: 'not ready', identities_readable: false })])
    expect((await bench.rpc('token-of-alice', { id: 1, method: 'tools/list' })).status).toBe(503)
  })
})

test('a stopping server ends the streams of open pages', async () => {
  const cookie = (await signIn('token-of-bob')).headers.get('set-cookie')?.split(';')[0] ?? ''
  const stream = await bench.request('/approvals/events', { headers: { cookie } })
  expect(stream.headers.get('content-type')).toContain('text/event-stream')
  await bench.http.drain(0)
  expect(await stream.text()).toContain('event: ready')
})
