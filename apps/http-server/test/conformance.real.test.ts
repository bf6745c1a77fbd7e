import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { serve } from '@hono/node-server'
import { configFolder } from '@sshmcp/runtime/testing'
import { expect, test } from 'vitest'
import { startBuiltServer } from './support/built-server.ts'
import { addConformanceFixtures } from './support/conformance-fixtures.ts'
import { HttpBench } from './support/http-bench.ts'
import { portOf, startTokenProxy } from './support/token-proxy.ts'

const folderOfSuite = new URL('../../../node_modules/@modelcontextprotocol/conformance/', import.meta.url)
const suite = fileURLToPath(new URL('dist/index.js', folderOfSuite))

/** What the suite itself lists as required of a server. */
const [, requiredText = ''] =
  /\nserver:\n((?: {2}- .*\n)+)/.exec(readFileSync(new URL('requirements/2025-11-25.yaml', folderOfSuite), 'utf8')) ??
  []
const required = requiredText
  .trim()
  .split(/\s*- /)
  .filter((name) => name !== '')

/** Those of the 2025-11-25 revision that need nothing but a server: the rest calls tools with fixed names. */
const ownScenarios = [
  ...['server-initialize', 'logging-set-level', 'ping', 'tools-list', 'server-sse-multiple-streams', 'resources-list'],
  ...['prompts-list', 'dns-rebinding-protection', 'server-session-lifecycle'],
]

/** The suite cannot send a token, so it comes in through a proxy that adds one and changes nothing else. */
async function conformance(url: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [suite, 'server', '--url', `${url}/mcp`, ...args])
  return stdout
}

test('the built server passes each scenario that a server can pass with its own tools', async () => {
  const folder = configFolder()
  try {
    await using server = await startBuiltServer(folder, ['--dev'])
    await using proxy = await startTokenProxy(server.url, server.devToken)
    for (const scenario of ownScenarios) {
      const said = await conformance(proxy.url, '--scenario', scenario)
      // A suite that reached nobody skips some of its checks and calls that passing.
      expect(said, scenario).toMatch(/Passed: (\d+)\/\1, 0 failed, 0 warnings/)
      expect(said, scenario).toContain('SUCCESS')
    }
    expect(await server.stop()).toBe(0)
  } finally {
    folder.remove()
  }
})

test("the production app with the suite's fixtures passes all that the 2025-11-25 revision requires", async () => {
  const bench = await HttpBench.start({ extend: addConformanceFixtures })
  const server = serve({ fetch: bench.http.app.fetch, hostname: '127.0.0.1', port: 0, overrideGlobalObjects: false })
  try {
    await once(server, 'listening')
    await using proxy = await startTokenProxy(`http://127.0.0.1:${portOf(server.address())}`, 'token-of-alice')
    const said = await conformance(proxy.url, '--requirements', '2025-11-25')
    expect(said).toMatch(/Total: \d+ passed, 0 failed/)
    expect(required).toHaveLength(30)
    for (const scenario of required) expect(said).toMatch(new RegExp(`✓ ${scenario}: [1-9]\\d* passed, 0 failed`))
  } finally {
    server.close()
    await bench.close()
  }
})

test('no fixture of the suite is in the program that is packed', () => {
  const program = readFileSync(new URL('../dist/program.js', import.meta.url), 'utf8')
  expect(program).toContain('run_ssh_command')
  expect(program).not.toMatch(/test_simple_text|addConformanceFixtures/)
})
