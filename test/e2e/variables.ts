import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { tokenSha256 } from '@sshmcp/identity'
import { expect, vi } from 'vitest'
import type { VariableStage } from './variable-stage.ts'

/** One variable, and what shows that it does something. */
export interface VariableRow {
  readonly name: string
  /** Shows the effect on the whole product, with in-memory hosts. */
  readonly shows?: (stage: VariableStage, name: string) => Promise<void>
  /** Or the test elsewhere that does: `file › title`. */
  readonly shownBy?: string
}

const ran = { host_id: 'web-1', template_id: 'disk_usage' }
const long = { stdout: 'x\n'.repeat(50_000) }
const bearer = { token: 'sshmcp_test_token' }
const alice = { user_id: 'alice', display_name: 'Alice', roles: ['operator'], token_sha256: tokenSha256(bearer.token) }

/** Every variable of the contract. A row with neither is open, and is printed. */
export const variableRows: readonly VariableRow[] = [
  {
    name: 'SSH_MCP_CONFIG_DIR',
    shownBy: 'packages/runtime/src/loader/load-config.test.ts › --config-dir wins over the variable',
  },
  {
    name: 'SSH_MCP_HOSTS_FILE',
    shows: async (stage, name) => {
      const path = stage.write('elsewhere/hosts.json', [{ host_id: 'other', hostname: '127.0.0.1' }])
      expect(await stage.call({ [name]: path }, 'list_hosts')).toMatchObject({ hosts: [{ host_id: 'other' }] })
    },
  },
  {
    name: 'SSH_MCP_TEMPLATES_FILE',
    shows: async (stage, name) => {
      const path = stage.write('elsewhere/templates.json', [
        { template_id: 'other', description: '', command: 'uptime', allowed_params: {}, risk_level: 'low' },
      ])
      const reply = await stage.call({ [name]: path }, 'list_templates')
      expect(reply).toMatchObject({ templates: [{ template_id: 'other' }] })
    },
  },
  {
    name: 'SSH_MCP_AUDIT_LOG_DIR',
    shows: async (stage, name) => {
      const folder = join(stage.dir, 'elsewhere-audit')
      await stage.call({ [name]: folder }, 'list_hosts')
      expect(existsSync(join(folder, '000000000000.jsonl'))).toBe(true)
    },
  },
  {
    name: 'SSH_MCP_CERT_DATA_DIR',
    shownBy: 'apps/cli/test/ca.test.ts › makes it where SSH_MCP_CERT_DATA_DIR says',
  },
  {
    name: 'SSH_MCP_APPROVAL_DATA_DIR',
    shows: async (stage, name) => {
      const folder = join(stage.dir, 'elsewhere-approvals')
      await stage.call(
        { [name]: folder, SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false' },
        'request_approval',
        stage.asking,
      )
      expect(readdirSync(folder)).not.toEqual([])
    },
  },
  {
    name: 'SSH_MCP_TRANSFER_DIR',
    shows: async (stage, name) => {
      const keys = join(stage.dir, 'keys')
      mkdirSync(keys, { mode: 0o700 })
      await expect(stage.call({ [name]: keys }, 'list_hosts')).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    },
  },
  {
    name: 'SSH_MCP_MAX_SESSIONS',
    shows: async (stage, name) => {
      const open = (await stage.open({ [name]: '1' })).call
      expect(await open('ssh_connect', { host_id: 'web-1' })).toMatchObject({ max_sessions: 1 })
      expect(await open('ssh_connect', { host_id: 'web-1' })).toMatchObject({ error: { code: 'SESSION_LIMIT' } })
    },
  },
  {
    name: 'SSH_MCP_SESSION_IDLE_TIMEOUT',
    shows: async (stage, name) => {
      const { call } = await stage.open({ [name]: '1' })
      expect(await call('ssh_connect', { host_id: 'web-1' })).toMatchObject({ active_sessions: 1 })
      await vi.waitFor(async () => expect(await call('ssh_list_sessions')).toMatchObject({ active_count: 0 }), 30_000)
    },
  },
  {
    name: 'SSH_MCP_KEEPALIVE_INTERVAL',
    shownBy: 'test/e2e/connections.real.test.ts › a connection that died while idle is replaced, whichever way it died',
  },
  {
    name: 'SSH_MCP_KEEPALIVE_COUNT_MAX',
    shownBy: 'test/e2e/connections.real.test.ts › a connection that died while idle is replaced, whichever way it died',
  },
  {
    name: 'SSH_MCP_MAX_BACKGROUND_JOBS',
    shows: async (stage, name) => {
      const { call } = await stage.open({ [name]: '1' }, () => ({ hangs: true }))
      expect(await call('run_ssh_command_background', ran)).toMatchObject({ status: 'running' })
      expect(await call('run_ssh_command_background', ran)).toMatchObject({ error: { code: expect.any(String) } })
    },
  },
  {
    name: 'SSH_MCP_OUTPUT_MAX_BYTES',
    shows: async (stage, name) => {
      expect(await stage.call({ [name]: '1024' }, 'run_ssh_command', ran, () => long)).toMatchObject({
        truncated: true,
      })
      expect(await stage.call({ [name]: '200000' }, 'run_ssh_command', ran, () => long)).toMatchObject({
        truncated: false,
      })
    },
  },
  {
    name: 'SSH_MCP_JOB_OUTPUT_MAX_BYTES',
    shows: async (stage, name) => {
      const { call } = await stage.open({ [name]: '2048', SSH_MCP_OUTPUT_MAX_BYTES: '1024' }, () => long)
      const { job_id } = await call('run_ssh_command', ran)
      let kept = ''
      for (let cursor: unknown = ''; ; ) {
        const { stdout, next_cursor } = await call('poll_background_job', { job_id, cursor })
        if (stdout === '') break
        kept += stdout
        cursor = next_cursor
      }
      expect(kept).toBe(long.stdout.slice(-2048))
    },
  },
  {
    name: 'SSH_MCP_JOB_TTL_SECONDS',
    shows: async (stage, name) => {
      const { call, clock } = await stage.open({ [name]: '60' })
      const { job_id } = await call('run_ssh_command_background', ran)
      expect(await call('list_background_jobs')).toMatchObject({ jobs: [{ job_id }] })
      clock.advance(61_000)
      expect(await call('list_background_jobs')).toMatchObject({ jobs: [] })
    },
  },
  { name: 'SSH_MCP_HOST', shownBy: 'packages/runtime/src/loader/load-http-config.test.ts › %s needs a proxy in front' },
  {
    name: 'SSH_MCP_PORT',
    shownBy: 'packages/runtime/src/loader/load-http-config.test.ts › may be absent: then the address is the public one',
  },
  { name: 'SSH_MCP_SSH_KNOWN_HOSTS_FILE', shownBy: 'test/e2e/real-host.real.test.ts › an unknown host key is refused' },
  {
    name: 'SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL',
    shows: async (stage, name) => {
      const asked = await stage.call({ [name]: 'false' }, 'request_approval', stage.asking)
      expect(asked).toMatchObject({ mode: 'one-person' })
      const alone = await stage.call({ [name]: 'true' }, 'request_approval', stage.asking)
      expect(alone).toMatchObject({ error: { code: 'APPROVAL_NO_APPROVER' } })
    },
  },
  {
    name: 'SSH_MCP_AUTH_TOKEN',
    shows: async (stage, name) => {
      stage.write('identities.json', { identities: [alice] })
      await stage.call({ [name]: bearer.token }, 'list_hosts')
      expect(stage.lastCaller()).toBe('alice')
    },
  },
  {
    name: 'SSH_MCP_AUTH_TOKEN_FILE',
    shows: async (stage, name) => {
      stage.write('identities.json', { identities: [alice] })
      await stage.call({ [name]: stage.write('token', `${bearer.token}\n`) }, 'list_hosts')
      expect(stage.lastCaller()).toBe('alice')
    },
  },
  {
    name: 'SSH_MCP_SSH_TIMEOUT_SECONDS',
    shows: async (stage, name) => {
      const silent = createServer(() => {}).listen(0, '127.0.0.1')
      await new Promise((resolve) => silent.once('listening', resolve))
      const address = silent.address()
      const port = typeof address === 'object' ? address?.port : undefined
      stage.write('hosts.json', [{ host_id: 'web-1', hostname: '127.0.0.1', port }])
      const reply = await stage.call({ [name]: '1' }, 'run_ssh_command', ran, 'real')
      silent.close()
      expect(reply).toMatchObject({
        error: { code: 'TRANSPORT_CONNECT_TIMEOUT', message: expect.stringContaining('1 s') },
      })
    },
  },
  {
    name: 'SSH_MCP_READ_ONLY',
    shows: async (stage, name) => {
      const restart = { host_id: 'web-1', template_id: 'touch' }
      const refused = await stage.call({ [name]: 'true' }, 'run_ssh_command', restart)
      expect(refused).toMatchObject({ error: { code: 'POLICY_READ_ONLY' } })
      expect(await stage.call({ [name]: 'false' }, 'run_ssh_command', restart)).toMatchObject({ exit_code: 0 })
    },
  },
  {
    name: 'SSH_MCP_CONFIRMATION',
    shows: async (stage, name) => {
      const touch = { host_id: 'web-1', template_id: 'touch' }
      // The client of this stage offers no forms.
      expect(await stage.call({ [name]: 'elicit' }, 'run_ssh_command', touch)).toHaveProperty('error')
      expect(await stage.call({ [name]: 'client' }, 'run_ssh_command', touch)).toMatchObject({ exit_code: 0 })
    },
  },
  {
    name: 'SSH_MCP_APPROVAL_NOTIFY',
    shownBy:
      'test/e2e/two-people.real.test.ts › a notification that fails is in the journal, and the request is made all the same',
  },
  {
    name: 'SSH_MCP_CA_PASSPHRASE_FILE',
    shownBy: 'apps/cli/test/ca.test.ts › bootstrap prints the script of a host, and stands in the journal as a call',
  },
  {
    name: 'SSH_MCP_TRANSFER_POLICY',
    shownBy:
      'packages/runtime/src/loader/load-config.test.ts › a policy section in the environment wins over policy.json',
  },
  {
    name: 'SSH_MCP_KEY_POLICY',
    shownBy: 'packages/policy/src/policy-config.test.ts › a section given on its own wins key by key',
  },
  {
    name: 'SSH_MCP_RATE_LIMITS',
    shows: async (stage, name) => {
      const { call } = await stage.open({ [name]: '{"max_requests_per_minute":1}' })
      expect(await call('run_ssh_command', ran)).toMatchObject({ exit_code: 0 })
      expect(await call('run_ssh_command', ran)).toMatchObject({ error: { code: 'LIMIT_RATE' } })
    },
  },
  { name: 'SSH_MCP_SERVER_NAME', shownBy: 'test/e2e/stdio-server.test.ts › is called what SSH_MCP_SERVER_NAME says' },
]
