import { parseCertificateLine, parseKrl, revocationOf } from '@sshmcp/ca'
import { expect, test } from 'vitest'
import { approved } from '../testing/approved.ts'
import { textOf } from '../testing/handles.ts'
import { toolBench } from '../testing/tool-bench.ts'

test('a revoked certificate stands in the list; revoking it again says so', async () => {
  const bench = toolBench({ roles: ['admin'] })
  const issued = await approved(bench, 'issue_cert', { user_id: 'alice', justification: 'x' })
  const cert_id = textOf(issued, 'cert_id')
  const args = { cert_id, reason: 'laptop lost' }
  expect(await approved(bench, 'revoke_cert', args)).toMatchObject({
    result: { cert_id, status: 'revoked', krl_version: '1', revoked_at: expect.stringMatching(/Z$/) },
  })
  const krl = parseKrl((await bench.access.store.readKrl()) ?? new Uint8Array())
  expect(revocationOf(krl, parseCertificateLine(textOf(issued, 'certificate')))).toBeTruthy()
  expect(await approved(bench, 'revoke_cert', args)).toMatchObject({ result: { status: 'already_revoked' } })
})

test('an unknown certificate is an error', async () => {
  const bench = toolBench({ roles: ['admin'] })
  expect(await approved(bench, 'revoke_cert', { cert_id: 'cert_none', reason: 'x' })).toMatchObject({
    error: { code: 'CERT_UNKNOWN' },
  })
})
