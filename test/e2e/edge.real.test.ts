import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConfigFolder, configFolder } from '@sshmcp/runtime/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { plainShell } from '../support/accounts.ts'
import { template } from '../support/product-scene.ts'
import { eventually, processesWith } from '../support/remote-processes.ts'
import { requireReal } from '../support/require-real.ts'
import { startSshd, type TestSshd } from '../support/sshd.ts'
import { builtServer, StdioServerProcess } from './stdio-server.ts'

const seconds = { allowed_params: { seconds: '^[0-9.]+$' }, timeout_seconds: 60 }
const templates = [
  template('sleeps', 'echo begun; sleep {seconds}', seconds),
  template('stubborn', "trap '' TERM; echo begun; sleep {seconds}; sleep {seconds}", seconds),
]

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('cancelling over the protocol, with the built server', () => {
  let sshd: TestSshd
  let folder: ConfigFolder
  let server: StdioServerProcess
  let remote: string
  let local: string

  beforeAll(async () => {
    sshd = await startSshd({ config: ['Subsystem sftp internal-sftp'], ...plainShell })
  })
  afterAll(() => sshd?.stop())

  beforeEach(async () => {
    folder = configFolder()
    remote = join(realpathSync(sshd.folder), randomUUID())
    mkdirSync(remote)
    chmodSync(remote, 0o777)
    local = join(folder.dir, 'transfers')
    mkdirSync(local, { mode: 0o700 })
    const { port, user, identityFile } = sshd
    folder.write('hosts.json', [
      { host_id: 'box', hostname: '127.0.0.1', port, ssh_user: user, identity_file: identityFile },
    ])
    folder.write('templates.json', templates)
    folder.write('policy.json', {
      transfer_policy: { allowed_paths: [`${remote}/*`], max_upload_bytes: 1e9, max_download_bytes: 1e9 },
    })
    const env = {
      SSH_MCP_CONFIG_DIR: folder.dir,
      HOME: folder.dir,
      SSH_MCP_SSH_KNOWN_HOSTS_FILE: folder.write('known_hosts', readFileSync(sshd.knownHostsFile, 'utf8')),
    }
    server = new StdioServerProcess(env, [builtServer])
    await server.initialize()
  })
  afterEach(async () => {
    await server.stop()
    folder.remove()
  })

  const outcomes = async () => {
    const { events } = await server.call('get_audit_logs', { last_n: 500 })
    return Array.isArray(events) ? events.filter(({ kind }) => kind === 'outcome') : []
  }

  test.each(['sleeps', 'stubborn'])(
    'a command (%s): its process is gone and the journal says cancelled',
    async (template_id) => {
      const seconds = `600.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`
      const args = { host_id: 'box', template_id, params: { seconds } }
      const call = server.begin('tools/call', { name: 'run_ssh_command', arguments: args })
      await eventually('the process', () => processesWith(seconds).length > 0)
      server.notify('notifications/cancelled', { requestId: call.id, reason: 'a person pressed Escape' })
      await eventually('the end of the process', () => processesWith(seconds).length === 0)
      await expect
        .poll(outcomes, { timeout: 10_000, interval: 100 })
        .toContainEqual(expect.objectContaining({ tool: 'run_ssh_command', status: 'cancelled' }))
    },
  )

  test.each(['upload', 'download'] as const)(
    'a cancelled %s: progress was told, and nothing is left',
    async (direction) => {
      const content = Buffer.alloc(300_000_000, 'sixteen letters\n')
      writeFileSync(direction === 'upload' ? join(local, 'file') : join(remote, 'file'), content, { mode: 0o644 })
      const args = {
        host_id: 'box',
        direction,
        remote_path: `${remote}/${direction === 'upload' ? 'new' : 'file'}`,
        local_path: direction === 'upload' ? 'file' : 'new',
        justification: 'a test',
      }
      const progressToken = `token-${direction}`
      const call = server.begin('tools/call', { name: 'transfer_file', arguments: args, _meta: { progressToken } })
      const told = () => server.messages.filter(({ method }) => method === 'notifications/progress')
      await eventually('progress', () => told().length > 1)
      server.notify('notifications/cancelled', { requestId: call.id, reason: 'a person pressed Escape' })
      await expect
        .poll(outcomes, { timeout: 10_000, interval: 100 })
        .toContainEqual(expect.objectContaining({ tool: 'transfer_file', status: 'cancelled' }))
      const target = direction === 'upload' ? remote : local
      expect([existsSync(join(target, 'new')), readdirSync(target).filter((name) => name.startsWith('.'))]).toEqual([
        false,
        [],
      ])
      const steps = told().map(({ params }) => params)
      for (const step of steps) expect(step).toMatchObject({ progressToken, total: content.length })
      const done = steps.map((step) => Number(step?.progress))
      expect(done).toEqual([...done].sort((a, b) => a - b))
      // A cancel that waits for the rest of the file would tell of all of it.
      expect(done.at(-1)).toBeLessThan(content.length / 2)
    },
  )
})
