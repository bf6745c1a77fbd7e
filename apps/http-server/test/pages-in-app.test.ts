import { afterEach, beforeEach, expect, test } from 'vitest'
import { HttpBench } from './support/http-bench.ts'

let bench: HttpBench
beforeEach(async () => {
  bench = await HttpBench.start()
})
afterEach(() => bench.close())

test('behind the walls of the whole app a browser still says where a form comes from', async () => {
  const response = await bench.request('/sign-in')
  expect(response.status).toBe(200)
  expect(response.headers.get('referrer-policy')).toBe('same-origin')
  expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
})

test('signing in works through the whole app', async () => {
  const response = await bench.request('/sign-in', {
    method: 'POST',
    headers: {
      origin: 'http://127.0.0.1:8022',
      host: '127.0.0.1:8022',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'token=token-of-bob&next=/approvals',
  })
  expect([response.status, response.headers.get('location')]).toEqual([303, '/approvals'])
})

test('an address without a page is a page that says so to a browser, and a plain 404 to programs', async () => {
  const seen = await bench.request('/nowhere', { headers: { accept: 'text/html,*/*' } })
  expect([seen.status, await seen.text()]).toEqual([404, expect.stringContaining('There is no page at this address.')])
  expect(seen.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect((await bench.request('/nowhere')).status).toBe(404)
})
