import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CliBench, cliBench } from './support/cli-bench.ts'

let bench: CliBench
beforeEach(async () => {
  bench = cliBench()
  await bench.withHost()
})
afterEach(() => bench.remove())

/** Puts a line into the ledger, as `add_ssh_key` does. */
function onHost(keyId: string, expiresAt: string): void {
  const folder = join(bench.config, 'cert_data')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const record = {
    event: 'installed',
    at: '2026-01-01T00:00:00Z',
    keyId,
    hostId: 'web-1',
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
