import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret, systemClock } from '@sshmcp/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { plainShell } from '../../../test/support/accounts.ts'
import { killQuietly } from '../../../test/support/daemon-process.ts'
import { template } from '../../../test/support/product-scene.ts'
import { eventually, processesWith } from '../../../test/support/remote-processes.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { unlockCa } from '../src/certificates/ca-admin.ts'
import { type CertifiedHost, certifiedHost, passphrase } from './certified-host.ts'

describe.skipIf(!requireReal('sshd', 'ssh-keygen', 'ssh-agent', 'ssh-add'))('the CA key in a real ssh-agent', () => {
  let scene: CertifiedHost
  let env: Readonly<Record<string, string>>
  let stopAgent = async (): Promise<void> => {}
  const seconds = `600.${process.pid}${String(Math.random()).slice(2)}`

  beforeAll(async () => {
    scene = await certifiedHost({
      sshd: plainShell,
      hosts: () => [
        { host_id: 'web-1', certificate: { mode: 'per_connection' } },
        { host_id: 'once', certificate: { mode: 'per_command' } },
      ],
      templates: [template('hello', 'echo hello'), template('slow', `echo begun; sleep ${seconds}`)],
    })
    env = { SSH_AUTH_SOCK: join(scene.folder.dir, 'agent.sock') }
    const agent = spawn('ssh-agent', ['-D', '-a', join(scene.folder.dir, 'agent.sock')], { stdio: 'ignore' })
    stopAgent = async () => {
      agent.kill()
      await once(agent, 'close')
    }
    await eventually('the agent', () => existsSync(join(scene.folder.dir, 'agent.sock')))
  })
  afterAll(async () => {
    await stopAgent()
    for (const pid of processesWith(seconds)) killQuietly(pid)
    await scene?.stop()
  })
  beforeEach(() => lock())

  const lock = () => execFileSync('ssh-add', ['-D'], { env: { ...process.env, ...env }, stdio: 'pipe' })
  /** What `sshmcp ca unlock` does, once the passphrase was typed. */
  const unlock = (lifetime: number) => {
    const typed = { askPassphrase: async () => new Secret(passphrase), seconds: lifetime }
    return unlockCa(scene.desk(env), typed, AbortSignal.timeout(20_000))
  }
  const args = () => ({
    user_id: 'dana',
    justification: 'on call',
    public_key: readFileSync(`${scene.sshd.identityFile}.pub`, 'utf8').trim(),
  })

  test('a server that runs logs in and issues from the moment on in which a person unlocks it, until it is taken out', async () => {
    const { run, approved } = await scene.server(systemClock, env)
    const before = scene.connections()
    await expect(run('hello')).rejects.toThrow('CA_LOCKED')
    expect(scene.connections()).toBe(before)
    await unlock(3600)
    expect(await run('hello')).toMatchObject({ stdout: 'hello\n' })
    expect(await run('hello', { host_id: 'once' })).toMatchObject({ stdout: 'hello\n' })
    expect((await approved('issue_cert', args())).result).toMatchObject({ principals: ['dana'] })
    lock()
    await expect(run('hello', { host_id: 'once' })).rejects.toThrow('CA_LOCKED')
  })

  test('its time is over when the agent says so', async () => {
    const { run } = await scene.server(systemClock, env)
    await unlock(3)
    expect(await run('hello', { host_id: 'once' })).toMatchObject({ stdout: 'hello\n' })
    const outcome = () => run('hello', { host_id: 'once' }).then(() => 'runs', String)
    await expect.poll(outcome, { timeout: 15_000, interval: 500 }).toContain('CA_LOCKED')
  })

  test('an approval outlives a CA that was locked when it was to be used', async () => {
    const { approve, call } = await scene.server(systemClock, env)
    const issue = { ...args(), approval_request_id: await approve('issue_cert', args()) }
    await expect(call('issue_cert', issue)).rejects.toThrow('CA_LOCKED')
    await unlock(3600)
    expect(await call('issue_cert', issue)).toMatchObject({ principals: ['dana'] })
  })

  test('a command that is to be ended while the CA is locked is told as one of which nothing is known', async () => {
    const { call } = await scene.server(systemClock, env)
    await unlock(3600)
    const { job_id } = await call('run_ssh_command_background', { host_id: 'once', template_id: 'slow' })
    expect(await call('poll_background_job', { job_id, wait_seconds: 10 })).toMatchObject({ stdout: 'begun\n' })
    lock()
    expect(await call('cancel_background_job', { job_id })).toMatchObject({ remote_process: 'unknown' })
  })
})
