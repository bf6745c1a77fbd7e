import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type PageBench, pageBench, restart, tokens, visitor } from './support/page-bench.ts'

let bench: PageBench
let bob: ReturnType<typeof visitor>
let form_token: string
beforeEach(async () => {
  bench = await pageBench()
  bob = visitor(bench.pages)
  await bob.signIn(tokens.bob)
  form_token = await bob.formToken()
})
afterEach(() => bench.close())

async function asked(more: object = {}): Promise<string> {
  return String((await bench.asModel('request_approval', { ...restart, ...more })).request_id)
}

const statusOf = async (id: string) => /class="badge ([a-z]+)"/.exec(await bob.text(`/approvals/${id}`))?.[1]

test('what waits is listed, and the page of a request shows the exact operation and the words apart', async () => {
  const id = await asked()
  expect(await bob.text('/approvals')).toContain(`href="/approvals/${id}"`)
  const page = await bob.text(`/approvals/${id}`)
  expect(page).toMatch(/<code class="value" dir="ltr">echo restarted [&#39;]*nginx[&#39;]*<\/code>/)
  const [before, words] = page.split('What the requester says')
  expect(words).toContain('nginx does not answer since 08:00')
  expect(before).not.toContain('nginx does not answer since 08:00')
  expect(words).toContain('Written by a model as a rule')
})

test('the list points at what is easily misread, and at nothing else', async () => {
  await asked()
  expect(await bob.text('/approvals')).not.toContain('Look closely')
  await asked({ arguments: { ...restart.arguments, params: { service: 'nginх' } } })
  expect(
    (await bob.text('/approvals')).match(/Look closely:<\/strong> something in Command is easily misread/g),
  ).toHaveLength(1)
})

describe('approving', () => {
  test('takes the typed host_id, and the call runs once', async () => {
    const id = await asked()
    const response = await bob.post(`/approvals/${id}/approve`, { form_token, typed_word: 'web-1', how: 'now' })
    expect([response.status, response.headers.get('location')]).toEqual([303, `/approvals/${id}`])
    expect(await statusOf(id)).toBe('approved')
    const call = { ...restart.arguments, approval_request_id: id }
    expect(await bench.asModel('run_ssh_command', call)).toMatchObject({ exit_code: 0 })
    await expect(bench.asModel('run_ssh_command', call)).rejects.toThrow('APPROVAL_USED')
    expect(await statusOf(id)).toBe('used')
  })

  test.each(['', 'yes', 'WEB-1', 'web-2'])(
    'with %j typed leaves it pending and says so beside the field',
    async (word) => {
      const id = await asked()
      const response = await bob.post(`/approvals/${id}/approve`, { form_token, typed_word: word, how: 'now' })
      expect(response.status).toBe(422)
      expect(await response.text()).toContain('aria-invalid="true" aria-describedby="approve-problem"')
      expect(await statusOf(id)).toBe('pending')
    },
  )

  test('by a one-time code shows it once, and it works in the chat', async () => {
    const id = await asked()
    const response = await bob.post(`/approvals/${id}/approve`, { form_token, typed_word: 'web-1', how: 'code' })
    const code = /<p class="code"><code>([0-9A-Z]{8})</.exec(await response.text())?.[1] ?? ''
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await statusOf(id)).toBe('pending')
    expect(await bob.text(`/approvals/${id}`)).not.toContain(code)
    expect(await bob.text('/activity')).not.toContain(code)
    const redeemed = await bench.asModel('approve_request', { request_id: id, approval_token: code })
    expect(redeemed).toMatchObject({ status: 'approved' })
  })

  test('is not for who asked', async () => {
    const id = await asked()
    const alice = visitor(bench.pages)
    await alice.signIn(tokens.alice)
    const page = await alice.text(`/approvals/${id}`)
    expect(page).toContain('somebody else decides it')
    expect(page).not.toContain('typed_word')
    const forced = { form_token: await alice.formToken(), typed_word: 'web-1', how: 'now' }
    expect((await alice.post(`/approvals/${id}/approve`, forced)).status).toBe(403)
    expect(await statusOf(id)).toBe('pending')
  })

  test('nothing approves more than one, and nothing by GET', async () => {
    const id = await asked()
    expect((await bob.post('/approvals', { form_token, typed_word: 'web-1' })).status).toBe(404)
    expect((await bob.send(`/approvals/${id}/approve?typed_word=web-1&form_token=${form_token}`)).status).toBe(404)
    expect(await statusOf(id)).toBe('pending')
  })
})

test('denying is final and wants a reason', async () => {
  const id = await asked()
  expect((await bob.post(`/approvals/${id}/deny`, { form_token, reason: ' ' })).status).toBe(422)
  expect((await bob.post(`/approvals/${id}/deny`, { form_token, reason: 'not during office hours' })).status).toBe(303)
  const page = await bob.text(`/approvals/${id}`)
  expect(page).toContain('not during office hours')
  expect(page).toContain('It is denied, and that is final.')
  // Who decided it why is what somebody who comes back looks for.
  expect(page.indexOf('not during office hours')).toBeLessThan(page.indexOf('What was asked for, exactly'))
  expect((await bob.post(`/approvals/${id}/approve`, { form_token, typed_word: 'web-1' })).status).toBe(409)
})

describe('a form that is not ours decides nothing', () => {
  const forged: readonly (readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>])[] = [
    ['without the token of the session', {}, {}],
    ['with another token', { form_token: 'form_ANOTHER' }, {}],
    ['from another site', { form_token: 'right' }, { origin: 'http://evil.example' }],
    ['from another port of this machine', { form_token: 'right' }, { origin: 'http://pages.test:8080' }],
    ['from a page without an origin', { form_token: 'right' }, { origin: 'null' }],
    ['sent as JSON', { form_token: 'right' }, { 'content-type': 'application/json' }],
    ['sent as plain text', { form_token: 'right' }, { 'content-type': 'text/plain' }],
  ]
  test.each(forged)('%s', async (_name, fields, headers) => {
    const id = await asked()
    const sent = { ...fields, ...(fields.form_token === 'right' ? { form_token } : {}) }
    for (const [what, more] of [
      ['approve', { typed_word: 'web-1', how: 'now' }],
      ['deny', { reason: 'no' }],
    ] as const) {
      const response = await bob.post(`/approvals/${id}/${what}`, { ...sent, ...more }, headers)
      expect(response.status).toBe(403)
      expect(await statusOf(id)).toBe('pending')
    }
  })

  test('with the token of somebody else', async () => {
    const id = await asked()
    const alice = visitor(bench.pages)
    await alice.signIn(tokens.alice)
    const fields = { form_token: await alice.formToken(), typed_word: 'web-1', how: 'now' }
    expect((await bob.post(`/approvals/${id}/approve`, fields)).status).toBe(403)
    expect(await statusOf(id)).toBe('pending')
  })
})

describe('the stream', () => {
  /** Reads what comes until it holds the text. */
  async function until(reader: ReadableStreamDefaultReader<Uint8Array>, wanted: string): Promise<string> {
    let heard = ''
    while (!heard.includes(wanted)) {
      const { done, value } = await reader.read()
      if (done) throw new Error(`the stream ended after ${JSON.stringify(heard)}`)
      heard += new TextDecoder().decode(value)
    }
    return heard
  }

  test('says that something changed and never what, to who is signed in', async () => {
    expect((await bench.pages.request('http://pages.test/approvals/events')).status).toBe(303)
    const response = await bob.send('/approvals/events')
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const reader = response.body?.getReader()
    if (reader === undefined) throw new Error('no stream')
    await until(reader, 'event: ready')
    await asked()
    expect(await until(reader, 'event: news')).not.toContain('nginx')
    await reader.cancel()
  })

  test('a browser has six at most, and closing one makes room', async () => {
    const opened = await Promise.all(Array.from({ length: 6 }, () => bob.send('/approvals/events')))
    expect(opened.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
    expect((await bob.send('/approvals/events')).status).toBe(204)
    await opened[0]?.body?.cancel()
    await vi.waitFor(async () => expect((await bob.send('/approvals/events')).status).toBe(200), 10_000)
    for (const { body } of opened.slice(1)) await body?.cancel()
  })
})
