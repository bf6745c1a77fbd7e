import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectStdioClient } from '@sshmcp/mcp/client'
import { type ConfigFolder, configFolder } from '@sshmcp/runtime/testing'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plainShell } from '../../../test/support/accounts.ts'
import { requireReal } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { type BuiltServer, startBuiltServer } from './support/built-server.ts'
import { restart } from './support/page-bench.ts'
import { startBrowser } from './support/page-browser.ts'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
const cli = path('../../cli/dist/index.js')
const [, page = ''] = readFileSync(path('../../../docs/deploy.md'), 'utf8').split('## The first ten minutes')

/** The commands that the page has people type, in its order. */
const typed = (prefix: string): readonly (readonly string[])[] =>
  [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block = '']) => block.split('\n'))
    .filter((line) => line.startsWith(`${prefix} `))
    .map((line) => line.slice(prefix.length + 1).split(' '))

const risky = {
  ...{ template_id: 'restart_service', description: 'Restarts a service', risk_level: 'high' },
  ...{ argv: ['echo', 'restarted', '{service}'], allowed_params: { service: '^[a-z]+$' } },
}

describe.skipIf(!requireReal('chromium', 'sshd', 'ssh-keygen', 'script'))("a team's first ten minutes", () => {
  let sshd: TestSshd
  let browser: Browser
  let folder: ConfigFolder
  let server: BuiltServer | undefined
  let aliceHome = ''
  beforeAll(async () => {
    sshd = await startSshd(plainShell)
    browser = await startBrowser()
    folder = configFolder()
    // Nothing is there before the first command but the key, as on a new machine.
    for (const name of ['hosts.json', 'templates.json']) rmSync(join(folder.dir, name))
    mkdirSync(join(folder.dir, '.ssh'), { mode: 0o700 })
    folder.write('.ssh/id_ed25519', readFileSync(sshd.identityFile, 'utf8'))
    aliceHome = mkdtempSync(join(tmpdir(), 'sshmcp-alice-'))
  })
  afterAll(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
    folder?.remove()
    rmSync(aliceHome, { recursive: true, force: true })
    await sshd?.stop()
  })

  /** A command of the server's account, on a terminal where somebody answers yes; gives what it printed on stdout. */
  function atServer(words: readonly string[]): string {
    const own = words.map((word) => word.replace('deploy@192.168.1.10', `${sshd.user}@127.0.0.1:${sshd.port}`))
    const all = [process.execPath, cli, '--config-dir', folder.dir, ...own]
    const env = { PATH: process.env.PATH, HOME: folder.dir, SHELL: '/bin/sh' }
    if (words[0] !== 'hosts') return execFileSync(all[0] ?? '', all.slice(1), { env, encoding: 'utf8', stdio: 'pipe' })
    const line = all.map((word) => `'${word}'`).join(' ')
    return execFileSync('script', ['-qec', line, '/dev/null'], { env, input: 'yes\n', encoding: 'utf8', stdio: 'pipe' })
  }

  test('by the page alone: init, a host, two identities, start, an editor, a request, a yes on its page, and it runs once', async () => {
    const tokens = new Map<string, string>()
    for (const words of typed('at-server')) {
      const said = atServer(words)
      if (words[0] === 'identities') tokens.set(words[2] ?? '', said.trim())
    }
    expect([...tokens.keys()].slice(0, 2)).toEqual(['alice', 'bob'])
    folder.write('templates.json', [risky])
    server = await startBuiltServer(folder, ['--config-dir', folder.dir], { SSH_MCP_CONFIG_DIR: '/nowhere' })
    const { url } = server
    expect((await fetch(`${url}/readyz`)).status).toBe(200)

    // On Alice's machine: what the page has her type, and the token where the command says.
    const [words = []] = typed('sshmcp').filter(([command]) => command === 'mcp-config')
    const own = words.map((word) => word.replace('https://ssh.example.org', url))
    execFileSync(process.execPath, [cli, ...own], { env: { HOME: aliceHome }, stdio: 'pipe' })
    const editorFile = join(aliceHome, '.config/Code/User/mcp.json')
    const { command, args, env } = JSON.parse(readFileSync(editorFile, 'utf8')).servers.sshmcp
    mkdirSync(dirname(env.SSH_MCP_AUTH_TOKEN_FILE), { mode: 0o700 })
    writeFileSync(env.SSH_MCP_AUTH_TOKEN_FILE, `${tokens.get('alice')}\n`)
    chmodSync(env.SSH_MCP_AUTH_TOKEN_FILE, 0o600)
    const assistant = await connectStdioClient({ command, args, env: { ...env, HOME: aliceHome } })
    expect((await assistant.call('list_hosts', {})).data).toMatchObject({ hosts: [{ host_id: 'web-1' }] })

    // Bob, at his browser.
    const context = await browser.newContext({ baseURL: url })
    const seen = await context.newPage()
    await seen.goto('/')
    await seen.getByLabel('Your token').fill(tokens.get('bob') ?? '')
    await seen.getByRole('button', { name: 'Sign in' }).click()
    await seen.getByText('Nothing waits for a decision.').waitFor()

    const { request_id, how_to_approve } = (await assistant.call('request_approval', restart)).data
    expect(how_to_approve).toContain(`/approvals/${request_id}`)
    await seen.getByRole('link', { name: 'run_ssh_command on web-1' }).click()
    await seen.getByLabel(/^Type web-1/).fill('web-1')
    await seen.getByRole('button', { name: 'Approve' }).click()
    await seen.getByText('It is approved').waitFor()
    const run = () => assistant.call('run_ssh_command', { ...restart.arguments, approval_request_id: request_id })
    expect((await run()).data).toMatchObject({ exit_code: 0, stdout: 'restarted nginx\n' })
    await seen.getByText('It was approved and has been used').waitFor()
    expect((await run()).data).toMatchObject({ error: { code: 'APPROVAL_USED' } })

    // Both names stand in the journal, which Bob reads on the page.
    await seen.goto(`/activity?text=${request_id}`)
    const entries = await seen.getByRole('list', { name: 'Entries, newest first' }).textContent()
    expect(entries).toMatch(/alice asked for an approval of[\s\S]*/)
    expect(entries).toMatch(/bob decided about/)
    await context.close()
    await assistant.close()
    expect(await server.stop()).toBe(0)
  })
})
