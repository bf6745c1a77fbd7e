import { MemoryAuditStore } from '@sshmcp/audit/testing'
import { ManualClock, sequentialIds } from '@sshmcp/kernel/testing'
import { createRuntime, loadConfig } from '@sshmcp/runtime'
import { configFolder } from '@sshmcp/runtime/testing'
import { catalog } from '@sshmcp/tools'
import { transportErrors } from '@sshmcp/transport'
import { MemorySftp, MemoryTree, ScriptedTransport } from '@sshmcp/transport/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leaked, type Planted, plantedSecrets } from './planted-secrets.ts'

const planted = plantedSecrets()
const folder = configFolder()
const seen: string[] = []
const store = new MemoryAuditStore()

const lines = planted.map(({ text }, index) => `${index} found ${text} in a file\n`)
/** Each secret cut into pieces, so that no piece holds it. */
const pieces = lines.join('').match(/[\s\S]{1,7}/g) ?? []
const tree = new MemoryTree()
const transport = new ScriptedTransport(() => ({ stdout: pieces, stderr: pieces, exitCode: 1 }), {
  sftp: () => new MemorySftp(tree),
})

async function start() {
  folder.write('hosts.json', [
    { host_id: 'web-1', hostname: '127.0.0.1', ssh_user: 'deploy', labels: { env: 'staging' } },
    { host_id: 'away', hostname: '127.0.0.2', ssh_user: 'deploy' },
  ])
  folder.write('templates.json', [
    {
      template_id: 'say',
      argv: ['printf', '{text}'],
      allowed_params: { text: '^.{1,900}$' },
      risk_level: 'low',
    },
  ])
  for (const { secret } of planted) tree.put(`/tmp/${secret}`, 'x')
  const adapters = { transport, audit: { store }, clock: new ManualClock(), ids: sequentialIds() }
  return createRuntime(loadConfig(folder.surroundings()), { adapters, version: '0', log: (line) => seen.push(line) })
}

let runtime: Awaited<ReturnType<typeof start>>
beforeAll(async () => {
  runtime = await start()
})
afterAll(async () => {
  await runtime.close()
  folder.remove()
})

async function call(tool: string, args: object) {
  const reply = await runtime.pipeline.call({
    tool,
    args,
    credential: { kind: 'local' },
    client: { name: 'test', version: '1' },
    via: 'model',
    signal: new AbortController().signal,
    progress: (_done, _total, text) => seen.push(text),
  })
  seen.push(JSON.stringify(reply))
  return reply
}

const journalText = (): string => [...store.folder.segments.values()].join('')

/** Nothing of any secret in what was answered, logged, told as progress or written into the journal. */
function nothingLeft(): void {
  const text = seen.splice(0).join('\n')
  expect(leaked(planted, text)).toEqual([])
  expect(leaked(planted, journalText())).toEqual([])
}

/** The same secret wherever a tool takes a text of the caller. */
const argumentsWith = ({ text, secret }: Planted): Readonly<Record<string, object>> => ({
  add_ssh_key: {
    user_name: 'deploy',
    public_key: text,
    reason: text,
    host_id: secret,
    approval_request_id: secret,
  },
  approve_request: { request_id: secret.length > 64 ? 'none' : secret, approval_token: 'none' },
  cancel_background_job: { job_id: secret },
  get_audit_logs: { host_id: secret, user_id: text, tool: secret },
  get_host_facts: { host_id: secret },
  issue_cert: {
    user_id: secret,
    principals: [secret],
    justification: text,
    public_key: text,
    approval_request_id: secret,
  },
  list_background_jobs: { host_id: secret },
  list_hosts: { label_selector: `env=${secret}` },
  list_pending_approvals: { request_id: secret },
  list_templates: { host_id: secret },
  poll_background_job: { job_id: secret, cursor: secret },
  remove_ssh_key: { key_id: secret, reason: text, approval_request_id: 'none' },
  request_approval: { action: 'run_ssh_command', justification: text, arguments: { host_id: 'web-1', note: text } },
  revoke_cert: { cert_id: secret, reason: text, approval_request_id: 'none' },
  run_ssh_command: { host_id: 'web-1', template_id: 'say', params: { text } },
  run_ssh_command_background: { host_id: 'web-1', template_id: secret, params: { text } },
  sftp_delete: { host_id: 'web-1', remote_path: `/tmp/${secret}`, justification: text },
  sftp_list_directory: { host_id: 'web-1', remote_path: `/tmp/${secret}` },
  ssh_connect: { host_id: secret },
  ssh_disconnect: { session_id: secret },
  ssh_list_sessions: { host_id: secret },
  ssh_session_ping: { session_id: secret },
  transfer_file: { host_id: 'web-1', direction: 'download', remote_path: `/tmp/${secret}`, justification: text },
})

describe('two hundred planted secrets', () => {
  test('are two hundred, and would be seen', () => {
    expect(planted).toHaveLength(200)
    expect(leaked(planted, lines.join(''))).toHaveLength(200)
  })

  test('in stdout and stderr, in pieces of seven bytes', async () => {
    const reply = await call('run_ssh_command', { host_id: 'web-1', template_id: 'say', params: { text: 'x' } })
    expect(reply).toMatchObject({ isError: false, result: { exit_code: 1 } })
    expect(JSON.stringify(reply).split('[REDACTED:').length).toBeGreaterThan(400)
    nothingLeft()
  })

  test('split over the polls of a job', async () => {
    const started = await call('run_ssh_command_background', {
      host_id: 'web-1',
      template_id: 'say',
      params: { text: 'x' },
    })
    const jobId = started.isError ? '' : String(started.result.job_id)
    let cursor = ''
    let masked = 0
    for (let page = 0; page < 2000; page++) {
      const reply = await call('poll_background_job', { job_id: jobId, cursor, wait_seconds: 0 })
      if (reply.isError) throw new Error(JSON.stringify(reply))
      masked += JSON.stringify(reply).split('[REDACTED:').length - 1
      if (reply.result.next_cursor === cursor && reply.result.status !== 'running') break
      cursor = String(reply.result.next_cursor)
    }
    expect(masked).toBeGreaterThanOrEqual(400)
    nothingLeft()
  })

  test('in the names of files', async () => {
    const reply = await call('sftp_list_directory', { host_id: 'web-1', remote_path: '/tmp', limit: 1000 })
    expect(reply).toMatchObject({ isError: false, result: { count: 200 } })
    nothingLeft()
  })

  test('in the cursor from one page of files to the next, which nobody but the server reads', async () => {
    const names: unknown[] = []
    let cursor = ''
    do {
      const reply = await call('sftp_list_directory', { host_id: 'web-1', remote_path: '/tmp', limit: 40, cursor })
      if (reply.isError || !Array.isArray(reply.result.entries)) throw new Error(JSON.stringify(reply))
      names.push(...reply.result.entries)
      cursor = String(reply.result.next_cursor)
      seen.push(Buffer.from(cursor, 'base64url').toString('latin1'), Buffer.from(cursor, 'hex').toString('latin1'))
    } while (cursor !== '')
    expect(names).toHaveLength(200)
    const forged = Buffer.from('b-somewhere').toString('base64url')
    for (const none of [forged, forged.repeat(8), 'AAAA']) {
      const args = { host_id: 'web-1', remote_path: '/tmp', cursor: none }
      expect(await call('sftp_list_directory', args)).toMatchObject({ error: { code: 'INPUT_INVALID' } })
    }
    nothingLeft()
  })

  test('in the errors of a connection', async () => {
    const message = lines.join('')
    transport.options = {
      ...transport.options,
      refuse: () => transportErrors.error('TRANSPORT_UNREACHABLE', { message, cause: new Error(message) }),
    }
    expect(await call('ssh_connect', { host_id: 'away' })).toMatchObject({ isError: true })
    nothingLeft()
  })

  test('in the arguments of every tool', { timeout: 60_000 }, async () => {
    expect(Object.keys(argumentsWith({ text: '', secret: '' })).sort()).toEqual(catalog.map(({ name }) => name).sort())
    for (const [index, one] of planted.entries()) {
      for (const [place, [tool, args]] of Object.entries(argumentsWith(one)).entries()) {
        // A sixth of the secrets for each tool, another sixth for the next.
        if ((index + place) % 6 === 0) await call(tool, args)
      }
    }
    nothingLeft()
  })
})
