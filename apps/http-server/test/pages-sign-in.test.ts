import { ManualClock } from '@sshmcp/kernel/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type PageBench, pageBench, tokens, visitor, writeIdentities } from './support/page-bench.ts'

let bench: PageBench
const clock = new ManualClock()
beforeEach(async () => {
  bench = await pageBench({ clock })
})
afterEach(() => bench.close())

describe('signing in', () => {
  test('with a token sets a cookie that no script reads and no other site sends, and nothing of the token is in it', async () => {
    const bob = visitor(bench.pages)
    const response = await bob.signIn(tokens.bob)
    expect([response.status, response.headers.get('location')]).toEqual([303, '/approvals'])
    const cookie = response.headers.getSetCookie().at(-1) ?? ''
    expect(cookie).toMatch(/^sshmcp_session=page_[0-9A-Z]{24};/)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    expect(cookie).toMatch(/Max-Age=28800/)
    expect(cookie).not.toMatch(/Secure|token/)
    expect(await bob.text('/approvals')).toContain('Nothing waits for a decision')
  })

  test('by https the cookie is Secure and tied to this host', async () => {
    const other = await pageBench({ publicUrl: 'https://ssh.example.org' })
    const response = await visitor(other.pages, 'https://ssh.example.org').signIn(tokens.bob)
    expect(response.headers.getSetCookie().at(-1)).toMatch(/^__Host-sshmcp_session=.*Secure/)
    await other.close()
  })

  test('with a wrong token is refused, says what to do, and stands in the journal', async () => {
    const stranger = visitor(bench.pages)
    const response = await stranger.signIn('nobody’s')
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('belongs to nobody here')
    expect(response.headers.get('set-cookie')).toBeNull()
    const bob = visitor(bench.pages)
    await bob.signIn(tokens.bob)
    expect(await bob.text('/activity?status=denied')).toContain('IDENTITY_TOKEN_UNKNOWN')
  })

  test('gives a new session, never the one that came with the request', async () => {
    const bob = visitor(bench.pages)
    await bob.signIn(tokens.bob)
    const first = bob.cookie
    await bob.signIn(tokens.bob)
    expect(bob.cookie).not.toBe(first)
    expect((await bench.pages.request('http://pages.test/approvals', { headers: { cookie: first } })).status).toBe(303)
  })

  test('leads to where somebody wanted to go, and never elsewhere', async () => {
    const there = await bench.pages.request('http://pages.test/activity?tool=x')
    expect(there.headers.get('location')).toBe('/sign-in?next=%2Factivity%3Ftool%3Dx')
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/approvals\r\nx: y']) {
      const response = await visitor(bench.pages).post('/sign-in', { token: tokens.bob, next })
      expect(response.headers.get('location')).toBe('/approvals')
    }
  })

  test('a link from a chat needs no second sign-in: one hop, and the strict cookie comes along', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' }
    const response = await bench.pages.request('http://pages.test/approvals/apr_1', { headers })
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('content="0;url=/approvals/apr_1"')
  })
})

describe('a session', () => {
  test('ends when its identity is revoked, at the next request', async () => {
    const bob = visitor(bench.pages)
    await bob.signIn(tokens.bob)
    writeIdentities(bench.folder, { alice: ['operator'] })
    const response = await bob.send('/approvals')
    expect(response.headers.get('location')).toBe('/sign-in?next=%2Fapprovals&ended=1')
    expect(bob.cookie).toBe('')
  })

  test('ends after eight hours', async () => {
    const bob = visitor(bench.pages)
    await bob.signIn(tokens.bob)
    clock.advance(8 * 3600 * 1000 - 1)
    expect((await bob.send('/approvals')).status).toBe(200)
    clock.advance(1)
    expect((await bob.send('/approvals')).status).toBe(303)
  })

  test('ends by signing out, also for who kept the cookie', async () => {
    const bob = visitor(bench.pages)
    await bob.signIn(tokens.bob)
    const kept = bob.cookie
    const response = await bob.post('/sign-out', { form_token: await bob.formToken() })
    expect(response.headers.get('location')).toBe('/sign-in')
    expect((await bench.pages.request('http://pages.test/approvals', { headers: { cookie: kept } })).status).toBe(303)
  })
})

test.each(['/sign-in', '/approvals', '/activity', '/hosts', '/assets/pages.css', '/'])(
  '%s may be framed by nobody, runs no inline code and is not sniffed',
  async (path) => {
    const bob = visitor(bench.pages)
    await bob.signIn(tokens.bob)
    const { headers } = await bob.send(path)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cache-control')).toMatch(path.startsWith('/assets') ? /immutable/ : /^no-store$/)
  },
)
