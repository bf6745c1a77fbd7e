import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { openRuntime } from '@sshmcp/runtime'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { requireReal } from '../../../test/support/require-real.ts'
import { onTerminal, withoutTerminal } from './support/real-program.ts'

let home = ''
let env: Readonly<Record<string, string>> = {}
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'sshmcp-tty-'))
  env = { HOME: home, SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false', SSH_MCP_CONFIG_DIR: join(home, 'config') }
  await withoutTerminal(['init', '--one-person'], env)
  const hosts = [{ host_id: 'web-1', hostname: '127.0.0.1', ssh_user: 'deploy' }]
  writeFileSync(join(home, 'config/hosts.json'), JSON.stringify(hosts))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

async function asked(): Promise<string> {
  const runtime = await openRuntime(
    { env, cwd: '/', homeDir: home, login: userInfo().username },
    { version: '0', log: () => {}, adapters: {} },
  )
  const reply = await runtime.pipeline.call({
    tool: 'request_approval',
    args: {
      action: 'run_ssh_command',
      arguments: { host_id: 'web-1', template_id: 'restart_service', params: { service: 'nginx' } },
      justification: 'stuck',
    },
    credential: runtime.credential,
    client: { name: 'test', version: '1' },
    signal: new AbortController().signal,
    via: 'model',
  })
  await runtime.close()
  return reply.isError ? '' : String(reply.result.request_id)
}

describe.skipIf(!requireReal('script', 'setsid'))('a person at a real terminal', () => {
  test('types the word there; what is piped into the program is no answer', async () => {
    const id = await asked()
    const piped = await withoutTerminal(['approvals', 'approve', id], env, 'web-1\n')
    expect(piped.out).toContain('TERMINAL_REQUIRED')
    expect(piped.code).toBe(3)
    const wrong = await onTerminal(['approvals', 'approve', id], env, 'web-2\n')
    expect(wrong.out).toContain('APPROVAL_WORD_WRONG')
    expect(wrong.code).toBe(3)
    const right = await onTerminal(['approvals', 'approve', id], env, 'web-1\n')
    expect(right.out).toContain('systemctl restart')
    expect(right.out).toContain(`${id} is approved.`)
    expect(right.code).toBe(0)
  })

  test('an ended input is no answer', async () => {
    const id = await asked()
    const ended = await onTerminal(['approvals', 'approve', id], env, '')
    expect(ended.out).toContain('APPROVAL_WORD_WRONG')
    expect(ended.code).toBe(3)
  })
})
