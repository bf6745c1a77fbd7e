import { parseCertificateLine } from '@sshmcp/ca'
import { expect, test } from 'vitest'
import { approve, approved } from '../testing/approved.ts'
import { registeredLine } from '../testing/bench-access.ts'
import { textOf } from '../testing/handles.ts'
import { toolBench } from '../testing/tool-bench.ts'

const args = { user_id: 'alice', justification: 'on call' }

test('issues a certificate for the registered key, with what was approved in it', async () => {
  const reply = await approved(toolBench({ roles: ['admin'] }), 'issue_cert', { ...args, ttl_seconds: 300 })
  expect(reply).toMatchObject({
    isError: false,
    result: { principals: ['alice'], serial: expect.stringMatching(/^\d+$/) },
  })
  const certificate = parseCertificateLine(textOf(reply, 'certificate'))
  expect(certificate.principals).toEqual(['alice'])
  expect(Number(certificate.validBefore - certificate.validAfter)).toBe(360)
  expect(Buffer.from(certificate.subject.blob).toString('base64')).toBe(registeredLine.split(' ')[1])
  expect(certificate.ca.fingerprint).toBe(textOf(reply, 'ca_fingerprint'))
})

test.each([
  ['a user without a key', { user_id: 'bob' }, 'INPUT_PUBLIC_KEY_REQUIRED'],
  ['a principal that is not allowed', { principals: ['root'] }, 'CERT_PRINCIPAL_REFUSED'],
  ['a lifetime that is too long', { ttl_seconds: 10_000_000 }, 'CERT_TTL_REFUSED'],
  ['a certificate as the key', { public_key: 'ssh-ed25519-cert-v01@openssh.com AAAA' }, 'KEY_IS_CERTIFICATE'],
])('%s is refused when the approval is asked for', async (_, change, code) => {
  const { call } = toolBench({ roles: ['admin'] })
  const asking = { action: 'issue_cert', arguments: { ...args, ...change }, justification: 'x' }
  expect(await call('request_approval', asking)).toMatchObject({ error: { code } })
})

test('a locked CA leaves the approval for when it is open', async () => {
  const bench = toolBench({ roles: ['admin'] })
  bench.access.state.isLocked = true
  const call = { ...args, approval_request_id: await approve(bench, 'issue_cert', args) }
  expect(await bench.call('issue_cert', call)).toMatchObject({ error: { code: 'CA_LOCKED' } })
  bench.access.state.isLocked = false
  expect(await bench.call('issue_cert', call)).toMatchObject({ isError: false })
})
