import { expect, test } from 'vitest'
import { approved } from '../testing/approved.ts'
import { registeredLine } from '../testing/bench-access.ts'
import { textOf } from '../testing/handles.ts'
import { toolBench } from '../testing/tool-bench.ts'

const args = {
  user_name: 'deploy',
  public_key: `${registeredLine} alice@laptop`,
  ttl_seconds: 600,
  host_id: 'staging-1',
}
const admin = () => toolBench({ roles: ['admin'] })

test('installs a key for a while, once a person approved exactly that', async () => {
  const bench = admin()
  expect(await approved(bench, 'add_ssh_key', args)).toMatchObject({
    isError: false,
    result: {
      fingerprint: expect.stringMatching(/^SHA256:/),
      ttl_seconds: 600,
      status: 'installed',
      hosts: [{ host_id: 'staging-1', outcome: 'done' }],
    },
    meta: { risk_level: 'high', approval: { approved_by: 'alice' } },
  })
})

test('"*" is every host the caller may use, sorted; the approver sees them and types the tool’s name', async () => {
  const bench = admin()
  const everywhere = { ...args, host_id: '*' }
  const asked = await bench.call('request_approval', {
    action: 'add_ssh_key',
    arguments: everywhere,
    justification: 'x',
  })
  const shown = await bench.call('show_approval', { request_id: textOf(asked, 'request_id') }, { via: 'terminal' })
  expect(shown).toMatchObject({ result: { typed_word: 'add_ssh_key' } })
  expect(textOf(shown, 'text')).toContain('| production-web, staging-1, vault')
  bench.access.down.add('staging-1')
  expect(await approved(bench, 'add_ssh_key', everywhere)).toMatchObject({
    result: {
      status: 'partly_installed',
      hosts: [
        { host_id: 'production-web', outcome: 'done' },
        { host_id: 'staging-1', outcome: 'failed', code: 'TRANSPORT_UNREACHABLE' },
        { host_id: 'vault', outcome: 'done' },
      ],
    },
  })
})

test('the lifetime of an approved key cannot be stretched', async () => {
  const bench = admin()
  const asked = await bench.call('request_approval', { action: 'add_ssh_key', arguments: args, justification: 'x' })
  const request_id = textOf(asked, 'request_id')
  const longer = { ...args, ttl_seconds: 601, approval_request_id: request_id }
  expect(await bench.call('add_ssh_key', longer)).toMatchObject({
    error: { code: 'APPROVAL_OTHER_OPERATION', message: expect.stringContaining('ttl_seconds') },
  })
})

test.each([
  ['an account that cannot be reached', { user_name: 'root' }, 'KEY_ACCOUNT_UNREACHABLE'],
  ['no host where there are several', { host_id: '' }, 'INPUT_INVALID'],
  ['an unknown host', { host_id: 'nowhere' }, 'POLICY_HOST_UNKNOWN'],
  ['a lifetime below a minute', { ttl_seconds: 59 }, 'CERT_TTL_REFUSED'],
  ['a lifetime above the maximum', { ttl_seconds: 604_801 }, 'CERT_TTL_REFUSED'],
  ['two lines', { public_key: `${registeredLine}\n${registeredLine}` }, 'KEY_SEVERAL_LINES'],
  ['a private key', { public_key: '-----BEGIN OPENSSH PRIVATE KEY-----' }, 'KEY_IS_PRIVATE'],
])('%s is refused when the approval is asked for', async (_, change, code) => {
  const asking = { action: 'add_ssh_key', arguments: { ...args, ...change }, justification: 'x' }
  expect(await admin().call('request_approval', asking)).toMatchObject({ error: { code } })
})

test('without an approval, and for an operator, nothing is installed', async () => {
  const bench = admin()
  const plain = { ...args, approval_request_id: '' }
  expect(await bench.call('add_ssh_key', plain)).toMatchObject({ error: { code: 'APPROVAL_REQUIRED' } })
  expect(await bench.access.keys.list()).toEqual([])
  expect(await toolBench().call('add_ssh_key', plain)).toMatchObject({ error: { code: 'POLICY_ROLE_MISSING' } })
})
