import { MemoryAuditStore } from '@sshmcp/audit/testing'
import { tokenSha256 } from '@sshmcp/identity'
import { Secret } from '@sshmcp/kernel'
import { ScriptedTransport } from '@sshmcp/transport/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRuntime } from './create-runtime.ts'
import { loadConfig } from './loader/load-config.ts'
import type { Runtime } from './runtime.ts'
import { type ConfigFolder, configFolder } from './testing/config-folder.ts'

const alice = { user_id: 'alice', roles: ['operator'], token_sha256: tokenSha256('token of alice') }
const bob = { user_id: 'bob', roles: ['operator'], token_sha256: tokenSha256('token of bob') }

let folder: ConfigFolder
let runtime: Runtime
let transport: ScriptedTransport
const log: string[] = []

beforeEach(async () => {
  folder = configFolder()
  log.length = 0
  folder.write('identities.json', { identities: [alice, bob] })
  transport = new ScriptedTransport(() => ({ stdout: 'fine' }))
  const config = loadConfig(folder.surroundings({ SSH_MCP_AUTH_TOKEN: 'token of alice' }))
  const adapters = { transport, audit: { store: new MemoryAuditStore() } }
  runtime = await createRuntime(config, { adapters, version: '0', log: (line) => log.push(line) })
})
afterEach(async () => {
  await runtime.close()
  folder.remove()
})

const call = (who: string) =>
  runtime.pipeline.call({
    tool: 'run_ssh_command',
    args: { host_id: 'web-1', template_id: 'disk_usage' },
    credential: { kind: 'bearer', token: new Secret(`token of ${who}`) },
    client: { name: 'test', version: '1' },
    via: 'model',
    signal: new AbortController().signal,
  })
const open = () => transport.connections.filter(({ isOpen }) => isOpen).length

describe('a living server', () => {
  test('refuses a revoked token at once and closes its connections, and nobody else’s', async () => {
    expect(await call('alice')).toMatchObject({ isError: false })
    expect(await call('bob')).toMatchObject({ isError: false })
    expect(open()).toBe(2)
    folder.write('identities.json', { identities: [bob] })
    expect(await call('alice')).toMatchObject({ error: { code: 'IDENTITY_TOKEN_UNKNOWN' } })
    await vi.waitFor(() => expect(open()).toBe(1), 2_000)
    expect(await call('bob')).toMatchObject({ isError: false })
  })

  test('a new token ends what the old one had running, and works itself', async () => {
    await call('alice')
    folder.write('identities.json', { identities: [{ ...alice, token_sha256: tokenSha256('token of carol') }, bob] })
    await vi.waitFor(() => expect(open()).toBe(0), 2_000)
    expect(await call('alice')).toMatchObject({ error: { code: 'IDENTITY_TOKEN_UNKNOWN' } })
    expect(await call('carol')).toMatchObject({ isError: false })
  })

  test('a file that cannot be read lets nobody in, until it is mended', async () => {
    folder.write('identities.json', '{ "identities": [')
    expect(await call('alice')).toMatchObject({ error: { code: 'CONFIG_INVALID' } })
    expect(await call('bob')).toMatchObject({ error: { code: 'CONFIG_INVALID' } })
    await vi.waitFor(() => expect(log.join()).toContain('identities.json'), 3_000)
    folder.write('identities.json', { identities: [bob] })
    expect(await call('bob')).toMatchObject({ isError: false })
  })

  test('a file that others may write, or that is gone, lets nobody in', async () => {
    folder.write('identities.json', { identities: [alice, bob] }, 0o666)
    expect(await call('alice')).toMatchObject({ error: { code: 'CONFIG_INVALID' } })
    folder.write('identities.json', { identities: [] })
    expect(await call('alice')).toMatchObject({ error: { code: 'IDENTITY_TOKEN_WITHOUT_IDENTITIES' } })
  })

  test('a new identity needs no restart', async () => {
    const dora = { user_id: 'dora', roles: ['operator'], token_sha256: tokenSha256('token of dora') }
    folder.write('identities.json', { identities: [alice, bob, dora] })
    expect(await call('dora')).toMatchObject({ isError: false })
  })
})
