import { describeTool } from '@sshmcp/pipeline'
import { type ConfigFolder, configFolder } from '@sshmcp/runtime/testing'
import { catalog } from '@sshmcp/tools'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type BuiltServer, startBuiltServer } from '../../apps/http-server/test/support/built-server.ts'
import { builtServer, StdioServerProcess } from './stdio-server.ts'

/** All of them, in the order in which every client sees them. */
const names = [
  'add_ssh_key',
  'approve_request',
  'cancel_background_job',
  'get_audit_logs',
  'get_host_facts',
  'issue_cert',
  'list_background_jobs',
  'list_hosts',
  'list_pending_approvals',
  'list_templates',
  'poll_background_job',
  'remove_ssh_key',
  'request_approval',
  'revoke_cert',
  'run_ssh_command_background',
  'run_ssh_command',
  'sftp_delete',
  'sftp_list_directory',
  'ssh_connect',
  'ssh_disconnect',
  'ssh_list_sessions',
  'ssh_session_ping',
  'transfer_file',
]
/** What every conversation pays for the list. */
const mostBytes = 24 * 1024
/** Some clients cut a description, and the instructions, at 2 KB. */
const mostWords = 2048

const listed = z.object({ tools: z.array(z.looseObject({ name: z.string(), description: z.string() })) })

let folder: ConfigFolder
beforeAll(() => {
  folder = configFolder()
})
afterAll(() => folder.remove())

/** What a client has after `initialize` and `tools/list`: both results, as the server wrote them. */
interface FirstWords {
  readonly hello: unknown
  readonly list: unknown
}

async function overStdio(): Promise<FirstWords> {
  const server = new StdioServerProcess({ HOME: folder.dir, SSH_MCP_CONFIG_DIR: folder.dir }, [builtServer])
  const hello = (await server.initialize()).result
  const list = (await server.request('tools/list')).result
  await server.stop()
  return { hello, list }
}

async function overHttp(): Promise<FirstWords> {
  await using server = await startBuiltServer(folder, ['--dev'])
  const clientInfo = { name: 'e2e', version: '1' }
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo }
  const opened = await post(server, { id: 1, method: 'initialize', params })
  const hello = await resultOf(opened)
  const session = { 'mcp-session-id': opened.headers.get('mcp-session-id') ?? '' }
  return { hello, list: await resultOf(await post(server, { id: 2, method: 'tools/list' }, session)) }
}

const post = (server: BuiltServer, message: object, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${server.url}/mcp`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${server.devToken}`,
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', ...message }),
  })

async function resultOf(response: Response): Promise<unknown> {
  const data = (await response.text()).split('\n').find((line) => line.startsWith('data: ')) ?? ''
  return JSON.parse(data.slice('data: '.length)).result
}

describe.each([
  ['stdio', overStdio],
  ['http', overHttp],
] as const)('the built %s server', (_, ask) => {
  let said: FirstWords
  beforeAll(async () => {
    said = await ask()
  })

  test('lists exactly the 23 tools, always in one order', () => {
    expect(listed.parse(said.list).tools.map(({ name }) => name)).toEqual(names)
  })

  test('lists them as their sources describe them', () => {
    expect(said.list).toEqual(JSON.parse(JSON.stringify({ tools: catalog.map(describeTool) })))
  })

  test('asks little of a conversation: 24 KiB for the list, 2 KB for each description and for the instructions', () => {
    expect(Buffer.byteLength(JSON.stringify(said.list))).toBeLessThanOrEqual(mostBytes)
    for (const { description } of listed.parse(said.list).tools)
      expect(Buffer.byteLength(description)).toBeLessThan(mostWords)
    const { instructions } = z.object({ instructions: z.string() }).parse(said.hello)
    expect(Buffer.byteLength(instructions)).toBeLessThan(mostWords)
  })
})
