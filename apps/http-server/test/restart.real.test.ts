import { fileURLToPath } from 'node:url'
import { tokenSha256 } from '@sshmcp/identity'
import { connectStdioClient } from '@sshmcp/mcp/client'
import { configFolder } from '@sshmcp/runtime/testing'
import { expect, test } from 'vitest'
import { freePort } from '../../../test/support/daemon-process.ts'
import { startBuiltServer } from './support/built-server.ts'

const cli = fileURLToPath(new URL('../../cli/dist/index.js', import.meta.url))

test('an editor behind `sshmcp connect` goes on when the server was started anew, and hears meanwhile that it is away', async () => {
  const folder = configFolder()
  const token_sha256 = tokenSha256('token-of-alice')
  folder.write('identities.json', { identities: [{ user_id: 'alice', roles: ['operator'], token_sha256 }] })
  const env = { SSH_MCP_PORT: `${await freePort()}` }
  const first = await startBuiltServer(folder, [], env)
  const editor = await connectStdioClient({
    command: process.execPath,
    args: [cli, 'connect', first.url],
    env: { HOME: folder.dir, SSH_MCP_AUTH_TOKEN_FILE: folder.write('token', 'token-of-alice\n') },
  })
  const hosts = () => editor.call('list_hosts', {})
  try {
    expect((await hosts()).data).toMatchObject({ hosts: [{ host_id: 'web-1' }] })
    expect(await first.stop()).toBe(0)
    await expect(hosts()).rejects.toThrow('ECONNREFUSED')
    await using second = await startBuiltServer(folder, [], env)
    const several = await Promise.all([hosts(), hosts(), hosts()])
    for (const { data } of several) expect(data).toMatchObject({ hosts: [{ host_id: 'web-1' }] })
    await editor.close()
    expect(await second.stop()).toBe(0)
  } finally {
    await editor.close()
    await first[Symbol.asyncDispose]()
    folder.remove()
  }
})
