import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aHost } from '@sshmcp/kernel/testing'
import { makeKeyPair, startEmbeddedHost } from '@sshmcp/transport-ssh2/embedded-host'
import { expect, test } from 'vitest'
import { isUp, transportWith } from './readme-example.ts'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

test('the example of the README is the one that is compiled here', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``)
})

test('and it reaches a host', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sshmcp-readme-'))
  const key = makeKeyPair()
  const embedded = await startEmbeddedHost({ authorizedKeys: [key.publicLine] })
  try {
    const [knownHosts, identity] = [join(folder, 'known_hosts'), join(folder, 'id')]
    writeFileSync(knownHosts, embedded.hostKeyLine)
    writeFileSync(identity, key.privateKey)
    const host = aHost({ hostname: '127.0.0.1', port: embedded.port })
    expect(await isUp(transportWith(knownHosts, identity), host)).toBe(true)
  } finally {
    await embedded.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
