import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { connectStdioClient, type StdioClient } from '@sshmcp/mcp/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { repository } from './repository.ts'
import { servedNodes } from './support/nodes.ts'
import { requireReal } from './support/require-real.ts'
import { startSshd, type TestSshd } from './support/sshd.ts'

const editorFile = z.object({
  servers: z.object({
    sshmcp: z.object({ command: z.string(), args: z.array(z.string()), env: z.record(z.string(), z.string()) }),
  }),
})

/** Stands in for systemd, which no test machine has: remembers what it was asked. */
const systemctl = (log: string): string => `#!/bin/sh\necho "$@" >> ${log}\n`

const isReal = requireReal('sshd', 'ssh-keygen', 'script', 'npm')

describe.skipIf(!isReal).each(servedNodes)('the first ten minutes of one person, on %s', (node) => {
  let folder = ''
  let sshd: TestSshd
  let client: StdioClient | undefined
  const typed: string[] = []
  const at = (...names: readonly string[]): string => join(folder, ...names)

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sshmcp-first-'))
    for (const name of ['bin', 'home/.ssh', 'app']) mkdirSync(at(name), { recursive: true, mode: 0o700 })
    writeFileSync(at('bin/systemctl'), systemctl(at('restarted')), { mode: 0o755 })
    writeFileSync(at('bin/sudo'), '#!/bin/sh\nshift 2\nexec "$@"\n', { mode: 0o755 })
    chmodSync(folder, 0o755)
    chmodSync(at('bin'), 0o755)
    sshd = await startSshd({
      config: [`SetEnv SHLVL=2 PATH=${at('bin')}:/usr/bin:/bin`, 'Subsystem sftp internal-sftp'],
    })
    cpSync(sshd.identityFile, at('home/.ssh/id_ed25519'))
    install()
  })
  afterAll(async () => {
    await client?.close()
    await sshd.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** As a person does who has Node and npm: from the packed program, into an empty folder. */
  function install(): void {
    execFileSync('pnpm', ['pack', '--pack-destination', folder], { cwd: join(repository, 'apps/cli'), stdio: 'pipe' })
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', at(tarball)], {
      cwd: at('app'),
      env: { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}` },
      stdio: 'pipe',
    })
  }

  /** One command typed at a terminal, and what is typed when it asks. */
  function type(words: string, answer = ''): string {
    typed.push(words)
    return execFileSync('script', ['-qec', `sshmcp ${words}`, '/dev/null'], {
      cwd: at('home'),
      env: {
        HOME: at('home'),
        SHELL: '/bin/sh',
        PATH: `${at('app/node_modules/.bin')}:${dirname(node)}:/usr/bin:/bin`,
      },
      input: answer,
      encoding: 'utf8',
    })
  }

  /** The editor starts what stands in its file, from a dock: no PATH worth the name, no agent. */
  function startEditor(): Promise<StdioClient> {
    const text = readFileSync(at('home/.config/Code/User/mcp.json'), 'utf8')
    const { command, args, env } = editorFile.parse(JSON.parse(text)).servers.sshmcp
    expect(realpathSync(command)).toBe(realpathSync(node))
    return connectStdioClient({
      command,
      args,
      env: { HOME: at('home'), ...env, PATH: '/usr/bin:/bin' },
      // The person reads the form and types the host where one is asked for.
      onForm: ({ fields }) => ({
        action: 'accept',
        content: Object.fromEntries(fields.map((name) => [name, 'web-1'])),
      }),
    })
  }

  test('from an empty folder to a verified journal: five commands, no file edited by hand', async () => {
    expect(type('init --one-person')).toContain('sshmcp hosts add')
    const added = type(`hosts add ${sshd.user}@127.0.0.1:${sshd.port} --id web-1`, 'yes\n')
    expect(added).toContain(sshd.hostKeyFingerprint)
    expect(added).toContain('web-1: logged in as')
    expect(type('mcp-config vscode --one-person --write')).toContain('Agent mode')
    expect(type('doctor')).toMatch(/ 0 failed\./)

    client = await startEditor()
    const answer = await client.call('run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })
    expect(answer.data).toMatchObject({ exit_code: 0, stdout: expect.stringContaining('Filesystem') })

    const restart = { host_id: 'web-1', template_id: 'restart_service', params: { service: 'nginx' } }
    const refused = await client.call('run_ssh_command', restart)
    expect(refused.isError).toBe(true)
    const asking = { action: 'run_ssh_command', arguments: restart, justification: 'it hangs' }
    const asked = await client.call('request_approval', { ...asking, wait_seconds: 5 })
    expect(asked.data).toMatchObject({ status: 'approved' })
    const restarted = await client.call('run_ssh_command', {
      ...restart,
      approval_request_id: asked.data.request_id,
    })
    expect(restarted.data).toMatchObject({ exit_code: 0 })
    expect(readFileSync(at('restarted'), 'utf8')).toBe('restart nginx\n')

    writeFileSync(join(sshd.folder, 'app.log'), 'one line\n', { mode: 0o644 })
    const download = { host_id: 'web-1', direction: 'download', remote_path: join(sshd.folder, 'app.log') }
    const got = await client.call('transfer_file', { ...download, justification: 'to read it' })
    expect(got.data, got.text).toMatchObject({ bytes: 9 })
    expect(readFileSync(String(got.data.local_path), 'utf8')).toBe('one line\n')
    await client.close()
    client = undefined

    expect(type('audit verify --require signed')).toMatch(/signed up to \d+/)
    expect(typed).toHaveLength(5)
  })
})
