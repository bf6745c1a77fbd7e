import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MemoryAuditStore } from '@sshmcp/audit/testing'
import { tokenSha256 } from '@sshmcp/identity'
import { ManualClock, sequentialIds } from '@sshmcp/kernel/testing'
import { type Script, ScriptedTransport } from '@sshmcp/transport/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRuntime } from './create-runtime.ts'
import { verifyJournal } from './journal-on-disk.ts'
import { loadConfig } from './loader/load-config.ts'
import { type ConfigFolder, configFolder } from './testing/config-folder.ts'

let folder: ConfigFolder
beforeEach(() => {
  folder = configFolder()
})
afterEach(() => folder.remove())

async function aRuntime(run: Script, env: Readonly<Record<string, string>> = {}) {
  const store = new MemoryAuditStore()
  const transport = new ScriptedTransport(run)
  const config = loadConfig(folder.surroundings(env))
  const log: string[] = []
  const adapters = { transport, audit: { store }, clock: new ManualClock(), ids: sequentialIds() }
  const runtime = await createRuntime(config, { adapters, version: '0', log: (line) => log.push(line) })
  const call = (tool: string, args: object = {}) =>
    runtime.pipeline.call({
      tool,
      args,
      credential: config.credential,
      client: { name: 'test', version: '1' },
      via: 'model',
      signal: new AbortController().signal,
    })
  return { call, store, transport, runtime, log }
}

test('the whole road on fakes: output redacted, intent and outcome in the journal, read back and verified', async () => {
  const { call, runtime, transport } = await aRuntime(() => ({ stdout: 'DB_PASSWORD=hunter2hunter2\n' }))
  const reply = await call('run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })
  expect(reply).toMatchObject({ isError: false, result: { exit_code: 0, host_id: 'web-1' } })
  expect(JSON.stringify(reply)).not.toContain('hunter2')
  expect(JSON.stringify(reply)).toContain('[REDACTED:')
  expect(transport.sent).toMatchObject([{ request: { line: 'df -h' } }])
  const log = await call('get_audit_logs')
  expect(log).toMatchObject({
    isError: false,
    result: {
      verified: { verdict: expect.stringMatching(/^OK/) },
      events: expect.arrayContaining([
        expect.objectContaining({ kind: 'config' }),
        expect.objectContaining({
          kind: 'intent',
          user_id: 'local:dana',
          host_id: 'web-1',
          command: 'df -h',
          template_id: 'disk_usage',
        }),
        expect.objectContaining({ kind: 'outcome', status: 'ok', exit_code: 0 }),
      ]),
    },
  })
  await runtime.close()
})

test('a secret of our own never leaves, wherever it comes from', async () => {
  folder.write('identities.json', {
    identities: [{ user_id: 'alice', roles: ['operator'], token_sha256: tokenSha256('open-sesame-please') }],
  })
  const { call } = await aRuntime(() => ({ stdout: 'it is open-sesame-please\n' }), {
    SSH_MCP_AUTH_TOKEN: 'open-sesame-please',
  })
  const reply = await call('run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })
  expect(reply).toMatchObject({ isError: false })
  expect(JSON.stringify(reply)).not.toContain('open-sesame')
})

test('the key that seals approvals is masked, in hex as it stands in its file and in base64', async () => {
  let key = ''
  const { call } = await aRuntime(() => ({ stdout: `${key}\n${Buffer.from(key).toString('base64')}\n` }))
  key = readFileSync(join(folder.dir, 'keys', 'approvals.key'), 'utf8').trim()
  const reply = JSON.stringify(await call('run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' }))
  expect(reply).toContain('[REDACTED:known-secret]')
  expect(reply).not.toContain(key.slice(0, 8))
  expect(reply).not.toContain(Buffer.from(key).toString('base64').slice(0, 8))
})

test('an own rule masks, and what it allows stays', async () => {
  folder.write('redaction.json', {
    rules: [{ id: 'badge', pattern: 'BDG-[0-9]{6,12}', prefixes: ['BDG-'] }],
    allow: ['BDG-000000'],
  })
  const { call } = await aRuntime(() => ({ stdout: 'BDG-471147 and BDG-000000\n' }))
  const reply = await call('run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })
  expect(JSON.stringify(reply)).toContain('[REDACTED:badge] and BDG-000000')
})

test('when the journal cannot be written no connection is opened, and it heals', async () => {
  const { call, store, transport } = await aRuntime(() => ({ stdout: 'fine' }))
  store.failNext('write', 'ENOSPC')
  expect(await call('run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })).toMatchObject({
    isError: true,
    error: { code: 'AUDIT_UNAVAILABLE' },
  })
  expect(transport.connections).toEqual([])
  expect(await call('run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })).toMatchObject({
    isError: false,
  })
})

test('closing ends what runs and writes the last words', async () => {
  const { call, runtime, transport, store } = await aRuntime(() => ({ hangs: true }))
  await call('run_ssh_command_background', { host_id: 'web-1', template_id: 'disk_usage' })
  await runtime.close()
  expect(transport.connections.every(({ isOpen }) => !isOpen)).toBe(true)
  expect(await store.segments()).not.toEqual([])
})

test('audit.anchor_dir gets a copy of each checkpoint; where it is away a line says so once, and nothing else stops', async () => {
  const place = join(folder.dir, 'other-disk')
  folder.write('policy.json', { audit: { anchor_dir: place } })
  const config = loadConfig(folder.surroundings())
  const run = async () => {
    const log: string[] = []
    const adapters = { transport: new ScriptedTransport(() => ({ stdout: 'ok' })) }
    const runtime = await createRuntime(config, { adapters, version: '0', log: (line) => log.push(line) })
    await runtime.close()
    return log
  }
  expect(await run()).toEqual([expect.stringContaining(`cannot be copied to ${place}`)])
  expect(await verifyJournal(config.places, 'anchored')).toMatchObject({ report: { isIntact: true, isEnough: false } })
  mkdirSync(place)
  expect(await run()).toEqual([])
  expect(await verifyJournal(config.places, 'anchored')).toMatchObject({
    report: { verdict: 'OK_ANCHORED', isEnough: true },
    summary: expect.stringContaining(`anchored up to`),
  })
})
