import { parseCertificateLine, parseKrl, revocationOf } from '@sshmcp/ca'
import { expect, test } from 'vitest'
import { approve, approved } from '../testing/approved.ts'
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

test('an unknown certificate is an error, and uses no approval up', async () => {
  const bench = toolBench({ roles: ['admin'] })
  const args = { cert_id: 'cert_none', reason: 'x' }
  const request_id = await approve(bench, 'revoke_cert', args)
  expect(await bench.call('revoke_cert', { ...args, approval_request_id: request_id })).toMatchObject({
    error: { code: 'CERT_UNKNOWN' },
  })
  expect(await bench.call('show_approval', { request_id }, { via: 'terminal' })).toMatchObject({
    result: { status: 'approved' },
  })
})
