import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { transportErrors } from '@sshmcp/transport'
import { MemorySftp, MemoryTree } from '@sshmcp/transport/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CliBench, cliBench } from './support/cli-bench.ts'

let bench: CliBench
beforeEach(async () => {
  bench = cliBench()
  await bench.withHost()
})
afterEach(() => bench.remove())

/** Puts a line into the ledger, as `add_ssh_key` does. */
function onHost(keyId: string, expiresAt: string, hostId = 'web-1'): void {
  const folder = join(bench.config, 'cert_data')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const record = {
    event: 'installed',
    at: '2026-01-01T00:00:00Z',
    keyId,
    hostId,
    userName: 'deploy',
    publicKey: 'ssh-ed25519 AAAA',
    fingerprint: 'SHA256:abc',
    expiresAt,
    by: 'alice',
    reason: 'on call',
  }
  appendFileSync(join(folder, 'keys.jsonl'), `${JSON.stringify(record)}\n`, { mode: 0o600 })
}

test('keys list shows what is on hosts, one line for each', async () => {
  expect(await bench.sshmcp(['keys', 'list'])).toMatchObject({ code: 0, out: 'No key of ours is on a host.\n' })
  onHost('key_1', '2099-01-01T00:00:00Z')
  onHost('key_22', '2099-02-01T00:00:00Z')
  expect((await bench.sshmcp(['keys', 'list'])).out).toBe(
    'key_1   web-1  deploy  2099-01-01T00:00:00Z  SHA256:abc\nkey_22  web-1  deploy  2099-02-01T00:00:00Z  SHA256:abc\n',
  )
  const { keys } = JSON.parse((await bench.sshmcp(['keys', 'list', '--json'])).out)
  expect(keys).toMatchObject([{ key_id: 'key_1', by: 'alice' }, { key_id: 'key_22' }])
})

test('keys prune goes to no host where nothing has expired, and stands in the journal', async () => {
  onHost('key_1', '2099-01-01T00:00:00Z')
  expect(await bench.sshmcp(['keys', 'prune'])).toMatchObject({ code: 0, out: 'No key has expired.\n' })
  expect((await bench.sshmcp(['audit', 'search', '--tool', 'prune_keys'])).out).toContain('local:dana')
})

test('keys prune that reaches no host fails, and keeps the key in its list', async () => {
  onHost('key_1', '2020-01-01T00:00:00Z')
  const { code, err } = await bench.sshmcp(['keys', 'prune'])
  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('error') })
  expect((await bench.sshmcp(['keys', 'list'])).out).toContain('key_1')
})

test('keys prune takes out what has expired and nothing else, and says which host it could not reach', async () => {
  const tree = new MemoryTree()
  const path = '/.ssh/authorized_keys'
  const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIMuqi04Qm2yntd+kpsnQBwE2zvRARLifEtWDCIc3QKiG'
  const own = `restrict,pty,expiry-time="20200101000000Z" ssh-ed25519 ${key} sshmcp:id=key_1 exp=1577836800`
  tree.put(path, `# theirs\n${own}\nssh-ed25519 BBBB them\n`)
  bench.remove()
  bench = cliBench({ sftp: () => new MemorySftp(tree) })
  const message = 'nothing listens there'
  bench.transport.options = {
    ...bench.transport.options,
    refuse: ({ hostId }) =>
      hostId === 'web-2' ? transportErrors.error('TRANSPORT_UNREACHABLE', { message }) : undefined,
  }
  await bench.withHost()
  const host = (host_id: string) => ({ host_id, hostname: 'x', ssh_user: 'deploy' })
  bench.write('hosts.json', [host('web-1'), host('web-2')])
  onHost('key_1', '2020-01-01T00:00:00Z')
  onHost('key_1', '2020-01-01T00:00:00Z', 'web-2')
  const { code, out } = await bench.sshmcp(['keys', 'prune'])
  expect(out).toMatch(/^web-1 {2}done\nweb-2 {2}failed {2}\S.*\n$/)
  expect(code).toBe(1)
  expect(tree.text(path)).toBe('# theirs\nssh-ed25519 BBBB them\n')
  expect((await bench.sshmcp(['keys', 'list'])).out).toMatch(/^key_1 {2}web-2 .*\n$/)
})
