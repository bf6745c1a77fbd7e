import { createHash } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { MemoryTree } from '@sshmcp/transport/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HttpBench } from './support/http-bench.ts'

const alice = 'token-of-alice'
const bob = 'token-of-bob'
const name = 'r\u00e9sum\u00e9 "1".txt'

let bench: HttpBench
let tree: MemoryTree
beforeEach(async () => {
  tree = new MemoryTree()
  tree.put(`/tmp/${name}`, 'the report')
  bench = await HttpBench.start({ tree, policy: { transfer_policy: { max_upload_bytes: 100_000 } } })
})
afterEach(() => bench.close())

/** Downloads as alice; gives the path that the reply tells. */
async function downloaded(local_path = ''): Promise<string> {
  const source = { host_id: 'web-1', direction: 'download', remote_path: `/tmp/${name}` }
  const args = { ...source, local_path, justification: 'INC-1' }
  const { download_url } = await bench.call(alice, await bench.open(alice), 'transfer_file', args)
  const url = new URL(String(download_url))
  expect(url.origin).toBe('http://127.0.0.1:8022')
  return url.pathname
}

const get = (path: string, token?: string) =>
  bench.request(path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })

function put(query: string, content: string | ReadableStream<Uint8Array>, token = alice): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` }
  return bench.request(`/files${query}`, { method: 'PUT', body: content, headers, duplex: 'half' })
}

const storedFor = (owner: string): readonly string[] => {
  try {
    return readdirSync(join(bench.folder.dir, 'transfers', owner), { recursive: true }).map(String)
  } catch {
    return []
  }
}

describe('a downloaded file', () => {
  test('is fetched by who downloaded it, as it is, to be saved and never shown', async () => {
    const response = await get(await downloaded(), alice)
    expect([response.status, await response.text()]).toEqual([200, 'the report'])
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="r_sum___1_.txt"; filename*=UTF-8''r%C3%A9sum%C3%A9%20%221%22.txt`,
    )
  })

  test('is whole when it is longer than what is read at once', async () => {
    const content = Buffer.from(Uint8Array.from({ length: 900_000 }, (_, index) => (index * 7 + (index >> 8)) & 0xff))
    tree.put(`/tmp/${name}`, content)
    const body = await (await get(await downloaded(), alice)).arrayBuffer()
    expect(Buffer.from(body).equals(content)).toBe(true)
  })

  test('does not exist for anybody else, nor after an hour, nor when it was removed', async () => {
    const path = await downloaded()
    const others = await get(path, bob)
    const never = await get('/files/file_never', bob)
    expect([others.status, await others.text()]).toEqual([404, await never.text()])
    expect((await get(path)).status).toBe(401)
    bench.clock.advance(3_599_000)
    expect((await get(path, alice)).status).toBe(200)
    bench.clock.advance(1_000)
    expect((await get(path, alice)).status).toBe(404)
    const another = await downloaded('second.txt')
    rmSync(join(bench.folder.dir, 'transfers', 'alice', 'second.txt'))
    expect((await get(another, alice)).status).toBe(404)
  })

  test('stands in the journal when it is fetched, without its handle', async () => {
    const path = await downloaded()
    await get(path, alice)
    const log = await bench.call(bob, await bench.open(bob), 'get_audit_logs', {})
    const text = JSON.stringify(log)
    expect(text).toContain('GET /files')
    expect(text).not.toContain(path)
    expect(bench.accessLines.join('\n')).not.toContain(path)
  })
})

describe('a file that is put', () => {
  test('is what an upload names as local_path', async () => {
    const response = await put('?name=app.conf', 'port = 80\n')
    const stored: unknown = await response.json()
    const local_path = /uploads\/[^"]+/.exec(JSON.stringify(stored))?.[0] ?? ''
    expect([response.status, stored]).toEqual([
      201,
      {
        local_path: expect.stringMatching(/^uploads\/.+-app\.conf$/),
        bytes: 10,
        sha256: createHash('sha256').update('port = 80\n').digest('hex'),
      },
    ])
    const args = { host_id: 'web-1', direction: 'upload', remote_path: '/tmp/app.conf', local_path }
    const session = await bench.open(alice)
    expect(await bench.call(alice, session, 'transfer_file', args)).toMatchObject({ status: 'completed', bytes: 10 })
    expect(tree.text('/tmp/app.conf')).toBe('port = 80\n')
    // It lies in alice's folder: to bob it is not there.
    expect(await bench.call(bob, await bench.open(bob), 'transfer_file', args)).toMatchObject({
      error: { code: 'LOCAL_NOT_FOUND' },
    })
  })

  test('that is bigger than the policy allows is refused while it comes, and nothing of it stays', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 50_000
        controller.enqueue(new Uint8Array(50_000))
      },
    })
    const response = await put('', endless)
    expect([response.status, await response.json()]).toMatchObject([413, { error: { code: 'POLICY_FILE_TOO_LARGE' } }])
    expect(sent).toBeLessThan(1_000_000)
    expect(storedFor('alice').filter((path) => path !== 'uploads')).toEqual([])
  })

  test.each(['../other', 'a/b', 'a\\b', '', 'a\nb', 'x'.repeat(201)])('cannot be called %j', async (wrong) => {
    const response = await put(`?name=${encodeURIComponent(wrong)}`, 'x')
    expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 'LOCAL_PATH_FORBIDDEN' } }])
  })

  test('wants a token', async () => {
    expect((await put('', 'x', 'nonsense')).status).toBe(401)
    expect(storedFor('alice')).toEqual([])
  })
})
