import { expect, test } from 'vitest'
import { toolBench } from '../testing/tool-bench.ts'

test('runs the rendered line on the host and tells how it ended', async () => {
  const { call, transport, journal } = toolBench({ run: () => ({ stdout: 'ok\n', exitCode: 3 }) })
  const reply = await call('run_ssh_command', {
    host_id: 'staging-1',
    template_id: 'tail_log',
    params: { lines: 200, log_path: '/var/log/app.log' },
  })
  expect(reply).toEqual({
    isError: false,
    result: {
      host_id: 'staging-1',
      template_id: 'tail_log',
      exit_code: 3,
      signal: null,
      stdout: 'ok\n',
      stderr: '',
      duration_ms: expect.any(Number),
      timed_out: false,
      truncated: false,
      redactions: {},
      audit_id: 'op_000001',
    },
    meta: { risk_level: 'medium', confirmation_required: true, approval_required: false },
  })
  expect(transport.sent).toMatchObject([
    { host: { hostId: 'staging-1' }, request: { line: "tail -n '200' '/var/log/app.log'", needsServedShell: true } },
  ])
  expect(journal.lines.at(-1)).toMatchObject({ kind: 'outcome', outcome: { status: 'ok', detail: { exit_code: 3 } } })
})

test('a signal is told as what it is', async () => {
  const { call, journal } = toolBench({ run: () => ({ exitCode: null, signal: 'KILL' }) })
  const reply = await call('run_ssh_command', { host_id: 'staging-1', template_id: 'disk_usage' })
  expect(reply).toMatchObject({ isError: false, result: { exit_code: null, signal: 'KILL', timed_out: false } })
  expect(journal.lines.at(-1)).toMatchObject({ outcome: { status: 'ok', detail: { exit_code: null, signal: 'KILL' } } })
})

test('a timeout tells what became of the process and where the output is', async () => {
  const { call, journal } = toolBench({ run: () => ({ stdout: 'so far\n', hangs: true, remoteProcess: 'dead' }) })
  const reply = await call('run_ssh_command', { host_id: 'staging-1', template_id: 'slow' })
  expect(reply).toMatchObject({
    isError: false,
    result: {
      exit_code: null,
      timed_out: true,
      remote_process: 'dead',
      stdout: 'so far\n',
      job_id: expect.any(String),
    },
  })
  expect(journal.lines.at(-1)).toMatchObject({
    outcome: { status: 'timeout', detail: { exit_code: null, remote_process: 'dead' } },
  })
})

test('runs over a session of the caller, and over no other', async () => {
  const { call, transport } = toolBench()
  const opened = await call('ssh_connect', { host_id: 'staging-1' })
  const session_id = opened.isError ? '' : opened.result.session_id
  expect(await call('run_ssh_command', { host_id: 'staging-1', template_id: 'disk_usage', session_id })).toMatchObject({
    isError: false,
  })
  expect(transport.connections).toHaveLength(1)
  expect(
    await call('run_ssh_command', { host_id: 'production-web', template_id: 'disk_usage', session_id }),
  ).toMatchObject({
    error: { code: 'SESSION_OTHER_HOST' },
  })
  expect(
    await call('run_ssh_command', { host_id: 'staging-1', template_id: 'disk_usage', session_id: 'ses_none' }),
  ).toMatchObject({
    error: { code: 'SESSION_UNKNOWN' },
  })
})

test.each([
  [
    'an unknown host',
    { host_id: 'stagin-1', template_id: 'disk_usage' },
    { code: 'POLICY_HOST_UNKNOWN', candidates: ['staging-1'] },
  ],
  ['a host for others', { host_id: 'vault', template_id: 'disk_usage' }, { code: 'POLICY_HOST_UNKNOWN' }],
  [
    'an unknown template',
    { host_id: 'staging-1', template_id: 'disk_usge' },
    { code: 'POLICY_TEMPLATE_UNKNOWN', candidates: ['disk_usage'] },
  ],
  [
    'a host_id that is none',
    { host_id: '-oProxyCommand=x', template_id: 'disk_usage' },
    { code: 'INPUT_INVALID', field: 'host_id' },
  ],
  ['a high-risk template', { host_id: 'staging-1', template_id: 'restart_web' }, { code: 'APPROVAL_REQUIRED' }],
  [
    'a hostile parameter',
    { host_id: 'staging-1', template_id: 'tail_log', params: { lines: '1; reboot', log_path: '/var/log/x' } },
    { field: 'params.lines' },
  ],
])('%s is refused and no host is touched', async (_, args, error) => {
  const { call, transport } = toolBench()
  expect(await call('run_ssh_command', args)).toMatchObject({ isError: true, error })
  expect(transport.connections).toEqual([])
})

test('a developer runs low templates only', async () => {
  const { call } = toolBench({ roles: ['developer'] })
  expect(await call('run_ssh_command', { host_id: 'staging-1', template_id: 'disk_usage' })).toMatchObject({
    isError: false,
  })
  expect(await call('run_ssh_command', { host_id: 'staging-1', template_id: 'restart_web' })).toMatchObject({
    isError: true,
  })
})
