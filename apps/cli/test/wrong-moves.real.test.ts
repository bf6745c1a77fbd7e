import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectStdioClient } from '@sshmcp/mcp/client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isRoot } from '../../../test/support/accounts.ts'
import { requireReal, requireThat } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'

const built = (app: string): string => join(import.meta.dirname, '../..', app, 'dist/index.js')
/** root reads and writes whatever it likes; without these it stands before a closed folder like anybody else. */
const likeAnybody = isRoot ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : []

interface Ended {
  readonly code: number | null
  readonly text: string
}

let home = ''
let config = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sshmcp-moves-'))
  config = join(home, '.ssh-mcp')
  execFileSync(process.execPath, [built('cli'), 'init', '--yes'], { env: env(), stdio: 'pipe' })
})
afterEach(() => {
  chmodSync(config, 0o700)
  rmSync(home, { recursive: true, force: true })
})

const env = (more: Readonly<Record<string, string>> = {}) => ({ PATH: process.env.PATH ?? '', HOME: home, ...more })

/** A built program until it ends by itself. */
async function run(app: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const [program = '', ...words] = [...likeAnybody, process.execPath, built(app), ...args]
  const child = spawn(program, words, { env: env(more), stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8')
  })
  const [code] = await once(child, 'close')
  return { code, text }
}

describe.skipIf(isRoot && !requireReal('setpriv'))('a folder that this account may not enter', () => {
  beforeEach(() => chmodSync(config, 0))

  test.each([
    ['stdio-server', []],
    ['http-server', ['--dev']],
    ['cli', ['run', 'web-1', 'disk_usage']],
    ['cli', ['hosts', 'list']],
  ])('%s %j: one message, which does not say that there is no configuration', async (app, args) => {
    const { code, text } = await run(app, args)
    expect({ code, text }).toEqual({ code: 2, text: expect.stringMatching(/hosts\.json cannot be read: EACCES/) })
    expect(text).toContain('sshmcp doctor')
    expect(text).not.toMatch(/ {4}at |does not exist|sshmcp init/)
  })

  test('doctor: one line with the cure, and nothing about what lies in the folder', async () => {
    const { code, text } = await run('cli', ['doctor'])
    expect(code).toBe(1)
    expect(text).toContain(`cure  chmod 700 ${config}\n`)
    expect(text.match(/permissions/g)).toHaveLength(2)
    expect(text).not.toMatch(/ {4}at |does not exist yet/)
  })

  test.skipIf(!isRoot)('doctor: of another user it says how to own it', async () => {
    chownSync(config, 65_534, 65_534)
    const { text } = await run('cli', ['doctor'])
    expect(text).toContain(`cure  Make it yours: sudo chown -R "$(id -un)" ${config} && chmod 700 ${config}`)
  })

  test('doctor --fix opens it', async () => {
    expect((await run('cli', ['doctor', '--fix'])).text).toMatch(/ok +mended .*cannot be read, written and entered/)
    expect(statSync(config).mode & 0o777).toBe(0o700)
  })
})

test.skipIf(!requireThat(isRoot, 'a small disk needs root'))('a disk that is nearly full fails in doctor', async () => {
  const logs = join(config, 'small')
  mkdirSync(logs)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m,mode=700', 'none', logs])
  try {
    const { code, text } = await run('cli', ['doctor', '--config-dir', logs])
    expect(code).toBe(1)
    expect(text).toMatch(new RegExp(`fail +disk +Only \\d\\d MiB free at ${logs}`))
    expect(text).toContain('cure  Free some space: without a journal nothing runs.')
  } finally {
    execFileSync('umount', [logs])
  }
})

test('a second server on the same port says so, and leaves the journal whole', async () => {
  const first = spawn(process.execPath, [built('http-server'), '--dev'], {
    env: env({ SSH_MCP_PORT: '0' }),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(first, 'close')
  let said = ''
  first.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  try {
    await expect.poll(() => said, { timeout: 30_000 }).toMatch(/listening on \S+:\d+\n/)
    const [, port = ''] = /listening on \S+:(\d+)\n/.exec(said) ?? []
    const { code, text } = await run('http-server', ['--dev'], { SSH_MCP_PORT: port })
    expect({ code, text }).toEqual({
      code: 2,
      text: expect.stringContaining(`127.0.0.1, port ${port}: something listens`),
    })
    expect(text).toContain('SSH_MCP_PORT')
    expect(text).not.toContain('    at ')
  } finally {
    first.kill('SIGTERM')
    await ended
  }
  expect(await run('cli', ['audit', 'verify', '--require', 'signed'])).toMatchObject({ code: 0 })
})

test('an address that is none of this machine', async () => {
  const { code, text } = await run('http-server', ['--dev'], { SSH_MCP_HOST: '192.0.2.1', SSH_MCP_PORT: '0' })
  expect({ code, text }).toEqual({ code: 2, text: expect.stringMatching(/SSH_MCP_HOST|loopback/) })
})

describe.skipIf(!requireReal('sshd', 'ssh-keygen', 'tcsh') || !requireThat(isRoot, 'needs root'))(
  'a login shell that is not served',
  () => {
    let sshd: TestSshd
    beforeEach(async () => {
      sshd = await startSshd({ userShell: '/bin/tcsh' })
      const { port, user, identityFile, knownHostsFile } = sshd
      const host = { host_id: 'web-1', hostname: '127.0.0.1', port, ssh_user: user, identity_file: identityFile }
      writeFileSync(join(config, 'hosts.json'), JSON.stringify([host]))
      mkdirSync(join(home, '.ssh'), { mode: 0o700 })
      cpSync(knownHostsFile, join(home, '.ssh/known_hosts'))
    })
    afterEach(() => sshd.stop())

    const words = { host_id: 'web-1', template_id: 'tail_log', params: { lines: '5', log_path: '/var/log/x' } }

    test('is refused by a tool call with parameters, and one without runs', async () => {
      const client = await connectStdioClient({ command: process.execPath, args: [built('stdio-server')], env: env() })
      try {
        const refused = await client.call('run_ssh_command', words)
        expect(refused.data).toMatchObject({ error: { code: 'TRANSPORT_SHELL_UNSUPPORTED' } })
        expect(refused.text).toContain('chsh -s /bin/sh')
        const ran = await client.call('run_ssh_command', { host_id: 'web-1', template_id: 'disk_usage' })
        expect(ran.data).toMatchObject({ exit_code: 0 })
      } finally {
        await client.close()
      }
    })

    test('is refused by sshmcp run, and doctor says it before', async () => {
      const params = Object.entries(words.params).flatMap(([name, value]) => ['--param', `${name}=${value}`])
      const { code, text } = await run('cli', ['run', 'web-1', 'tail_log', ...params])
      expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining('TRANSPORT_SHELL_UNSUPPORTED') })
      expect(text).toContain('chsh -s /bin/sh')
      expect((await run('cli', ['doctor', 'web-1'])).text).toMatch(/warn +web-1 +The login shell/)
    })
  },
)
