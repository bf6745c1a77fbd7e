import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { connectStdioClient, type StdioClient } from '@sshmcp/mcp/client'
import { type ConfigFolder, configFolder } from '@sshmcp/runtime/testing'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainShell } from '../../../test/support/accounts.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { restart } from './support/page-bench.ts'
import { startBrowser } from './support/page-browser.ts'

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const words = ['--conditions=source', '--disable-warning=ExperimentalWarning']

describe.skipIf(!requireReal('chromium', 'sshd', 'ssh-keygen'))("a team's first ten minutes", () => {
  let sshd: TestSshd
  let browser: Browser
  let folder: ConfigFolder
  let server: ChildProcess | undefined
  beforeAll(async () => {
    sshd = await startSshd(plainShell)
    browser = await startBrowser()
    folder = configFolder()
    folder.write('hosts.json', [
      {
        host_id: 'web-1',
        hostname: '127.0.0.1',
        port: sshd.port,
        ssh_user: sshd.user,
        identity_file: sshd.identityFile,
      },
    ])
    folder.write('templates.json', [
      {
        template_id: 'restart_service',
        description: 'Restarts a service',
        argv: ['echo', 'restarted', '{service}'],
        allowed_params: { service: '^[a-z]+$' },
        risk_level: 'high',
      },
    ])
  })
  afterAll(async () => {
    await browser?.close()
    if (server?.exitCode === null) {
      server.kill('SIGKILL')
      await once(server, 'exit')
    }
    folder?.remove()
    await sshd?.stop()
  })

  const env = () => ({
    PATH: process.env.PATH ?? '',
    HOME: folder.dir,
    SSH_MCP_CONFIG_DIR: folder.dir,
    SSH_MCP_PORT: '0',
    SSH_MCP_SSH_KNOWN_HOSTS_FILE: sshd.knownHostsFile,
  })

  /** `sshmcp identities add`, which prints the token this once. */
  function addIdentity(name: string): string {
    const args = [...words, source('../../cli/src/main.ts'), 'identities', 'add', name, '--roles', 'operator', '--json']
    return JSON.parse(execFileSync(process.execPath, args, { env: env(), encoding: 'utf8' })).token
  }

  /** The editor of a person, which knows stdio alone: `sshmcp connect` brings it to the server with the token of a file. */
  function connected(url: string, token: string): Promise<StdioClient> {
    return connectStdioClient({
      command: process.execPath,
      args: [source('../../cli/dist/index.js'), 'connect', url],
      env: { ...env(), SSH_MCP_AUTH_TOKEN_FILE: folder.write('token', `${token}\n`) },
    })
  }

  async function startServer(): Promise<string> {
    const started = spawn(process.execPath, [...words, source('../src/main.ts')], { env: env(), stdio: 'pipe' })
    server = started
    let said = ''
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    started.stdout.resume()
    await expect.poll(() => /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0], { timeout: 30_000 }).toBeDefined()
    return /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? ''
  }

  test('start, two identities, a request through `connect`, a yes on the page, and it runs on the host', async () => {
    const alice = addIdentity('alice')
    const bob = addIdentity('bob')
    const url = await startServer()
    const assistant = await connected(url, alice)
    expect(await assistant.listTools()).toContain('run_ssh_command')

    const context = await browser.newContext({ baseURL: url })
    const page = await context.newPage()
    await page.goto('/')
    await page.getByLabel('Your token').fill(bob)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Nothing waits for a decision.').waitFor()

    const { request_id } = (await assistant.call('request_approval', restart)).data
    await page.getByRole('link', { name: 'run_ssh_command on web-1' }).click()
    await page.getByLabel(/^Type web-1/).fill('web-1')
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('It is approved').waitFor()
    const ran = await assistant.call('run_ssh_command', { ...restart.arguments, approval_request_id: request_id })
    expect(ran.data).toMatchObject({ exit_code: 0, stdout: 'restarted nginx\n' })
    await page.getByText('It was approved and has been used').waitFor()
    await context.close()
    await assistant.close()
  })
})
