import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainShell } from '../../../test/support/accounts.ts'
import { template } from '../../../test/support/product-scene.ts'
import { eventually, processesWith } from '../../../test/support/remote-processes.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { tryLogin } from '../src/host-login.ts'
import { readHosts } from '../src/hosts-file.ts'
import { type CertifiedHost, certifiedHost } from './certified-host.ts'

const shown = (text: string) => /force-command (.*)/.exec(text)?.[1]?.trim()

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('an identity per command on a real sshd', () => {
  let scene: CertifiedHost
  const seconds = `600.${process.pid}${String(Math.random()).slice(2)}`

  beforeAll(async () => {
    scene = await certifiedHost({
      sshd: plainShell,
      hosts: () => [
        { host_id: 'web-1', certificate: { mode: 'per_command' } },
        { host_id: 'plain', certificate: { mode: 'per_connection' } },
      ],
      templates: [
        template('hello', 'echo hello'),
        template('said', 'printf %s {text}; exit 3', {
          allowed_params: { text: '^[^x]*$' },
        }),
        template('shown', 'cut -d" " -f2- "$SSH_USER_AUTH" | ssh-keygen -L -f -'),
        template('asked', 'echo "$SSH_ORIGINAL_COMMAND"'),
        template('grave', 'echo done', { risk_level: 'high' }),
        template('long', `sleep ${seconds}`, { timeout_seconds: 5 }),
        template('slow', `echo begun; sleep ${seconds}`),
      ],
    })
  })
  afterAll(() => scene?.stop())

  /** The tools in the key ids of the logins that came meanwhile. */
  const toolsOf = async (work: () => Promise<unknown>) => {
    const before = scene.logins().length
    await work()
    return scene
      .logins()
      .slice(before)
      .map(({ reason }) => reason?.tool)
  }

  test('each command has its own login, whose line in sshd’s log names who, which request, approval and tool', async () => {
    const { run, approved } = await scene.server()
    const before = scene.logins().length
    expect(await run('hello')).toMatchObject({ stdout: 'hello\n', exit_code: 0 })
    expect(await run('hello')).toMatchObject({ stdout: 'hello\n', exit_code: 0 })
    const { request_id, result } = await approved('run_ssh_command', { host_id: 'web-1', template_id: 'grave' })
    expect(result).toMatchObject({ stdout: 'done\n' })
    const reasons = scene
      .logins()
      .slice(before)
      .map(({ reason }) => reason)
    const one = { userId: 'local:dana', requestId: expect.stringMatching(/^op_/), tool: 'run_ssh_command' }
    expect(reasons).toEqual([one, one, { ...one, approvalId: request_id }])
    expect(new Set(reasons.map((reason) => reason?.requestId)).size).toBe(3)
  })

  test('the certificate holds the line that runs, our address, and no permission; the host was asked for that line', async () => {
    const { run } = await scene.server()
    const text = String((await run('shown')).stdout)
    expect(shown(text)).toMatch(/echo sshmcp-[0-9a-f]{32} .*; cut -d" " -f2- "\$SSH_USER_AUTH" \| ssh-keygen -L -f -$/)
    expect(text).toMatch(/source-address 127\.0\.0\.1\s+Extensions: \(none\)/)
    expect((await run('asked')).stdout).toMatch(/^echo sshmcp-[0-9a-f]{32} .*; echo "\$SSH_ORIGINAL_COMMAND"\n$/)
  })

  test('values arrive unchanged and the exit code comes back; the login shell is asked by a login of its own, once', async () => {
    const { run } = await scene.server()
    const said = () => run('said', { params: { text: "a'b \\ $(id); #" } })
    const expected = { stdout: "a'b \\ $(id); #", exit_code: 3 }
    expect(
      await toolsOf(async () => {
        expect(await said()).toMatchObject(expected)
        expect(await said()).toMatchObject(expected)
      }),
    ).toEqual(['run_ssh_command', 'run_ssh_command:shell', 'run_ssh_command'])
  })

  test('a timeout ends the process on the host by one more login, whose certificate holds that line', async () => {
    const { run } = await scene.server()
    const tools = await toolsOf(async () => {
      expect(await run('long')).toMatchObject({ timed_out: true, remote_process: 'dead' })
    })
    expect(tools).toEqual(['run_ssh_command', 'run_ssh_command:end'])
    expect(processesWith(seconds)).toEqual([])
  })

  test('a background job runs beyond the reply, is read, and is ended when it is cancelled', async () => {
    const { call } = await scene.server()
    const { job_id } = await call('run_ssh_command_background', { host_id: 'web-1', template_id: 'slow' })
    expect(await call('poll_background_job', { job_id, wait_seconds: 10 })).toMatchObject({ stdout: 'begun\n' })
    await eventually('the job to run', () => processesWith(seconds).length > 0)
    const ended = await call('cancel_background_job', { job_id })
    expect(ended).toMatchObject({ status: 'cancelled', remote_process: 'dead' })
    expect(processesWith(seconds)).toEqual([])
  })

  test('facts are read by one line that holds the whole script', async () => {
    const { call } = await scene.server()
    const tools = await toolsOf(async () => {
      expect(await call('get_host_facts', { host_id: 'web-1' })).toMatchObject({
        kernel: expect.stringMatching(/^Linux/),
      })
    })
    expect(tools).toEqual(['get_host_facts'])
  })

  test('`hosts test` runs its line and no other', async () => {
    const [host] = readHosts(scene.desk())
    if (host === undefined) throw new Error('no host')
    const tools = await toolsOf(async () => {
      const { shell, isShellServed } = await tryLogin(scene.desk(), host, AbortSignal.timeout(20_000))
      expect({ shell, isShellServed }).toEqual({ shell: expect.stringMatching(/^\//), isShellServed: true })
    })
    expect(tools).toEqual(['hosts-test'])
  })

  test.each([
    ['ssh_connect', {}],
    ['sftp_list_directory', { remote_path: '/tmp' }],
    ['sftp_delete', { remote_path: '/tmp/a', justification: 'a test' }],
    ['transfer_file', { direction: 'download', remote_path: '/tmp/a', justification: 'a test' }],
    ['run_ssh_command', { template_id: 'hello', session_id: 'ses_1' }],
    [
      'request_approval',
      {
        action: 'add_ssh_key',
        arguments: { host_id: 'web-1', user_name: 'root', public_key: '' },
        justification: 'a test',
      },
    ],
  ])('%s is refused with the way forward, and the host is not connected to', async (tool, more) => {
    const { call } = await scene.server()
    const before = scene.connections()
    const { sshd } = scene
    const key = readFileSync(`${sshd.identityFile}.pub`, 'utf8').trim()
    const args =
      'arguments' in more
        ? { ...more, arguments: { ...more.arguments, user_name: sshd.user, public_key: key } }
        : { host_id: 'web-1', ...more }
    await expect(call(tool, args)).rejects.toThrow(
      /^POLICY_ONE_COMMAND_ONLY: The host "web-1" runs one command per login/,
    )
    expect(scene.connections()).toBe(before)
  })

  test('what is denied, and what an approval does not cover, makes no connection and no certificate', async () => {
    const { run, approve } = await scene.server()
    const [connections, { length: issued }] = [scene.connections(), await scene.issued()]
    await expect(run('grave')).rejects.toThrow('APPROVAL_REQUIRED')
    await expect(run('said', { params: { text: 'x' } })).rejects.toThrow('POLICY_PARAM_MISMATCH')
    const approval_request_id = await approve('run_ssh_command', { host_id: 'plain', template_id: 'grave' })
    await expect(run('grave', { approval_request_id })).rejects.toThrow('APPROVAL_')
    expect([scene.connections(), (await scene.issued()).length]).toEqual([connections, issued])
  })

  test('no private key is left on the disk', () => {
    const files = readdirSync(scene.folder.dir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    const texts = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'))
    expect(texts.length).toBeGreaterThan(5)
    expect(texts.filter((text) => /PRIVATE KEY|openssh-key-v1/.test(text))).toEqual([])
  })
})
