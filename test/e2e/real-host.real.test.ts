import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConfigFolder, configFolder } from '@sshmcp/runtime/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { plainShell } from '../support/accounts.ts'
import { requireReal } from '../support/require-real.ts'
import { startSshd, type TestSshd } from '../support/sshd.ts'
import { builtServer, StdioServerProcess } from './stdio-server.ts'

const template = (template_id: string, command: string, extra: object = {}) => ({
  template_id,
  description: template_id,
  command,
  allowed_params: {},
  risk_level: 'low',
  ...extra,
})

const templates = [
  template('disk_usage', 'df -h'),
  template('exits', 'exit {code}', { allowed_params: { code: '^[0-9]{1,3}$' } }),
  template('killed', 'kill -KILL $$'),
  template('hangs', 'echo so far; sleep 4242', { timeout_seconds: 2 }),
  template('big', 'head -c 5000000 /dev/zero | tr "\\0" "x"'),
  template('binary', 'head -c 3000 /dev/urandom'),
  template('both', 'echo out; echo err >&2; exit 3'),
  template('touch', 'touch {path}', { allowed_params: { path: '^/.*$' } }),
  template('secret', 'cat {path}', { allowed_params: { path: '^/[a-zA-Z0-9_./-]+$' } }),
  template('restart', 'systemctl restart nginx', { risk_level: 'high' }),
]

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('the built server on a real sshd', () => {
  let sshd: TestSshd
  let folder: ConfigFolder
  let server: StdioServerProcess
  beforeAll(async () => {
    // Root's own shell may read a slow profile; an ordinary user's sshd serves only that user.
    sshd = await startSshd(plainShell)
  })
  afterAll(() => sshd?.stop())

  beforeEach(async () => {
    folder = configFolder()
    folder.write('hosts.json', [
      {
        host_id: 'production-web',
        hostname: '127.0.0.1',
        port: sshd.port,
        ssh_user: sshd.user,
        identity_file: sshd.identityFile,
      },
    ])
    folder.write('templates.json', templates)
    folder.write('known_hosts', readFileSync(sshd.knownHostsFile, 'utf8'))
    server = await started()
  })
  afterEach(async () => {
    await server.stop()
    folder.remove()
  })

  async function started(env: Readonly<Record<string, string>> = {}): Promise<StdioServerProcess> {
    const base = {
      SSH_MCP_CONFIG_DIR: folder.dir,
      HOME: folder.dir,
      SSH_MCP_SSH_KNOWN_HOSTS_FILE: join(folder.dir, 'known_hosts'),
    }
    const process = new StdioServerProcess({ ...base, ...env }, [builtServer])
    await process.initialize()
    return process
  }

  async function restarted(env: Readonly<Record<string, string>> = {}): Promise<void> {
    await server.stop()
    server = await started(env)
  }

  const run = (template_id: string, params: object = {}) =>
    server.call('run_ssh_command', { host_id: 'production-web', template_id, params })

  test('the main job: check disk usage on production-web', async () => {
    expect(await run('disk_usage')).toMatchObject({
      host_id: 'production-web',
      exit_code: 0,
      signal: null,
      stdout: expect.stringContaining('Filesystem'),
      audit_id: expect.stringMatching(/^op_/),
    })
    const { events, verified } = await server.call('get_audit_logs')
    expect(verified).toMatchObject({ verdict: expect.stringMatching(/^OK/) })
    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'intent', command: 'df -h', host_id: 'production-web' }),
        expect.objectContaining({ kind: 'outcome', status: 'ok', exit_code: 0 }),
      ]),
    )
  })

  test('facts of the host', async () => {
    expect(await server.call('get_host_facts', { host_id: 'production-web' })).toMatchObject({
      kernel: expect.stringMatching(/^Linux/),
      memory: { total_bytes: expect.any(Number) },
      disks: expect.arrayContaining([expect.objectContaining({ size_bytes: expect.any(Number) })]),
    })
  })

  test.each([
    ['0', 0],
    ['1', 1],
    ['127', 127],
    ['255', 255],
  ])('exit code %s', async (code, exit_code) => {
    expect(await run('exits', { code })).toMatchObject({ exit_code, signal: null, timed_out: false })
  })

  test('a signal is not an exit code', async () => {
    expect(await run('killed')).toMatchObject({ exit_code: null, signal: 'KILL' })
  })

  test('both streams and the code of one command', async () => {
    expect(await run('both')).toMatchObject({ stdout: 'out\n', stderr: 'err\n', exit_code: 3 })
  })

  test('a timeout keeps what came, and the process is dead on the host', async () => {
    const reply = await run('hangs')
    expect(reply).toMatchObject({
      exit_code: null,
      timed_out: true,
      remote_process: 'dead',
      stdout: expect.stringContaining('so far'),
    })
    const { events } = await server.call('get_audit_logs')
    expect(events).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'outcome', status: 'timeout' })]))
  })

  test('5 MB of output: the reply is bounded, says so, and the rest is a poll away', async () => {
    const { stdout, truncated, job_id } = await run('big')
    expect(Buffer.byteLength(String(stdout))).toBeLessThanOrEqual(70_000)
    expect(truncated).toBe(true)
    const rest = await server.call('poll_background_job', { job_id })
    expect(String(rest.stdout)).toMatch(/x{100}/)
  })

  test('binary output is text that no terminal obeys', async () => {
    const { stdout, exit_code } = await run('binary')
    expect(exit_code).toBe(0)
    expect(String(stdout)).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/)
  })

  test('a secret on the host never gets to the model nor into the journal', async () => {
    const path = join(sshd.folder, 'app.env')
    writeFileSync(path, 'DB_PASSWORD=correct-horse-battery\n', { mode: 0o644 })
    const reply = await run('secret', { path })
    expect(reply).toMatchObject({ stdout: expect.stringContaining('[REDACTED:'), redactions: { password: 1 } })
    expect(JSON.stringify(reply)).not.toContain('correct-horse')
    expect(readFileSync(join(folder.dir, 'audit_logs/000000000000.jsonl'), 'utf8')).not.toContain('correct-horse')
  })

  test('a high-risk template waits for a person', async () => {
    expect(await run('restart')).toMatchObject({ error: { code: 'APPROVAL_REQUIRED' } })
    const asking = {
      action: 'run_ssh_command',
      arguments: { host_id: 'production-web', template_id: 'restart' },
      justification: 'x',
    }
    expect(await server.call('request_approval', asking)).toMatchObject({ error: { code: 'APPROVAL_NO_APPROVER' } })
  })

  test('a denied call and a failed one leave an entry each', async () => {
    await run('exits', { code: '1; reboot' })
    rmSync(join(folder.dir, 'known_hosts'))
    await restarted()
    await run('disk_usage')
    const { events } = await server.call('get_audit_logs')
    expect(events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'decision', status: 'denied', code: 'POLICY_PARAM_MISMATCH' }),
        expect.objectContaining({ kind: 'outcome', status: 'error', code: 'TRANSPORT_HOST_KEY_UNKNOWN' }),
      ]),
    )
  })

  test('an unknown host key is refused with its fingerprint and what a person does', async () => {
    folder.write('known_hosts', '')
    expect(await run('disk_usage')).toMatchObject({
      error: {
        code: 'TRANSPORT_HOST_KEY_UNKNOWN',
        message: expect.stringContaining(sshd.hostKeyFingerprint),
        next: expect.stringContaining('sshmcp hosts trust'),
      },
    })
  })

  test('a changed host key is refused', async () => {
    const line = readFileSync(join(folder.dir, 'known_hosts'), 'utf8').trim()
    const [name, type] = line.split(' ')
    folder.write(
      'known_hosts',
      `${name} ${type} AAAAC3NzaC1lZDI1NTE5AAAAIJWH3ubVP9s2vEOcMWlFFVgYPFdgTlu2Q4v4nRlEs0vE\n`,
    )
    expect(await run('disk_usage')).toMatchObject({ error: { code: 'TRANSPORT_HOST_KEY_MISMATCH' } })
  })

  test('a wrong key tells the user tried, each key and why it did not count', async () => {
    const other = folder.write('id_other', 'this is no key\n')
    folder.write('hosts.json', [
      { host_id: 'production-web', hostname: '127.0.0.1', port: sshd.port, ssh_user: sshd.user, identity_file: other },
    ])
    await restarted()
    expect(await run('disk_usage')).toMatchObject({
      error: {
        code: 'TRANSPORT_AUTH_FAILED',
        message: expect.stringMatching(new RegExp(`${sshd.user}.*id_other`, 's')),
      },
    })
  })

  test('without a journal the host is not touched', async () => {
    const canary = join(sshd.home, 'canary')
    expect(await run('touch', { path: canary })).toMatchObject({ exit_code: 0 })
    rmSync(canary)
    const lost = join(folder.dir, 'audit_logs')
    // A journal that was replaced under the server by somebody else's file: nothing can be written to it any more.
    rmSync(lost, { recursive: true })
    writeFileSync(lost, 'not a folder')
    expect(await run('touch', { path: canary })).toMatchObject({ error: { code: 'AUDIT_UNAVAILABLE' } })
    expect(existsSync(canary)).toBe(false)
    rmSync(lost)
    mkdirSync(lost, { mode: 0o700 })
    chmodSync(lost, 0o700)
  })
})
