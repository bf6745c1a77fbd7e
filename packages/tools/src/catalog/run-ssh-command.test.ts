import { expect, test } from 'vitest'
import { toolBench } from '../testing/tool-bench.ts'

test('runs the rendered line on the host and tells how it ended', async () => {
  const { call, sent, journal } = toolBench({ run: () => ({ stdout: 'ok\n', exitCode: 3 }) })
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
      duration_ms: 12,
      timed_out: false,
      truncated: false,
      redactions: {},
      audit_id: 'op_000001',
    },
    meta: { risk_level: 'medium', confirmation_required: true, approval_required: false },
  })
  expect(sent).toMatchObject([
    { hostId: 'staging-1', command: { line: "tail -n '200' '/var/log/app.log'", needsServedShell: true } },
  ])
  expect(journal.lines.at(-1)).toMatchObject({ kind: 'outcome', outcome: { status: 'ok', detail: { exit_code: 3 } } })
})

test('a signal and a timeout are told as what they are', async () => {
  const { call, journal } = toolBench({
    run: () => ({
      exitCode: null,
      signal: 'KILL',
      timedOut: true,
      remoteProcess: 'dead',
      truncated: true,
      jobId: 'job_1',
    }),
  })
  const reply = await call('run_ssh_command', { host_id: 'staging-1', template_id: 'disk_usage' })
  expect(reply).toMatchObject({
    result: {
      exit_code: null,
      signal: 'KILL',
      timed_out: true,
      remote_process: 'dead',
      truncated: true,
      job_id: 'job_1',
    },
  })
  expect(journal.lines.at(-1)).toMatchObject({
    outcome: { status: 'timeout', detail: { exit_code: null, remote_process: 'dead' } },
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
  ['a high-risk template', { host_id: 'staging-1', template_id: 'restart_web' }, { code: 'APPROVAL_UNAVAILABLE' }],
  [
    'a hostile parameter',
    { host_id: 'staging-1', template_id: 'tail_log', params: { lines: '1; reboot', log_path: '/var/log/x' } },
    { field: 'params.lines' },
  ],
])('%s is refused and no host is touched', async (_, args, error) => {
  const { call, sent } = toolBench()
  expect(await call('run_ssh_command', args)).toMatchObject({ isError: true, error })
  expect(sent).toEqual([])
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
