import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { configFolder } from '@sshmcp/runtime/testing'
import { expect, test } from 'vitest'
import { StdioServerProcess } from './stdio-server.ts'

const built = (path: string) => fileURLToPath(new URL(`../../apps/${path}`, import.meta.url))

test('connect: an editor on stdio reaches an HTTP server with the token of a file', async () => {
  const folder = configFolder()
  const env = { PATH: process.env.PATH, HOME: folder.dir, SSH_MCP_CONFIG_DIR: folder.dir, SSH_MCP_PORT: '0' }
  const server = spawn(process.execPath, [built('http-server/dist/index.js'), '--dev'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  try {
    await expect.poll(() => said, { timeout: 30_000 }).toMatch(/with the token \S+\n/)
    const [, address = ''] = /listening on (\S+)/.exec(said) ?? []
    const [, token = ''] = /with the token (\S+)/.exec(said) ?? []
    const file = folder.write('token', `${token}\n`)
    const editor = new StdioServerProcess({ HOME: folder.dir, SSH_MCP_AUTH_TOKEN_FILE: file }, [
      built('cli/dist/index.js'),
      'connect',
      address,
    ])
    expect((await editor.initialize()).result).toMatchObject({ serverInfo: { name: 'ssh-mcp-server' } })
    expect(await editor.call('list_hosts')).toMatchObject({ hosts: [{ host_id: 'web-1' }] })
    expect(await editor.stop()).toBe(0)
    expect(editor.stderr).not.toContain(token)
  } finally {
    server.kill('SIGKILL')
    await once(server, 'exit')
    folder.remove()
  }
})
