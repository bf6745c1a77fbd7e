import { tokenSha256 } from '@sshmcp/identity'
import { expect, test } from 'vitest'
import { HttpBench } from './support/http-bench.ts'

test('200 sessions at once with 10 calls each: no error, and each sees its own identity alone', {
  timeout: 120_000,
}, async () => {
  const bench = await HttpBench.start()
  try {
    const names = Array.from({ length: 200 }, (_, n) => `user-${n}`)
    bench.folder.write('identities.json', {
      identities: names.map((user_id) => ({
        user_id,
        roles: ['operator', 'auditor'],
        token_sha256: tokenSha256(`token-of-${user_id}`),
      })),
    })
    await Promise.all(
      names.map(async (name) => {
        const token = `token-of-${name}`
        const session = await bench.open(token)
        const { session_id } = await bench.call(token, session, 'ssh_connect', { host_id: 'web-1' })
        for (let n = 0; n < 9; n++) {
          const seen = await bench.call(token, session, 'ssh_list_sessions')
          expect(seen).toMatchObject({ sessions: [{ session_id }], active_count: 1 })
        }
      }),
    )
    expect(bench.http.endpoint.sessions).toBe(200)
  } finally {
    await bench.close()
  }
})
