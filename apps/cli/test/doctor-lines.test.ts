import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseHostId } from '@sshmcp/kernel'
import { aHost } from '@sshmcp/kernel/testing'
import type { CallRequest } from '@sshmcp/pipeline'
import { openRuntime } from '@sshmcp/runtime'
import { fingerprint } from '@sshmcp/transport'
import { makeKeyPair } from '@sshmcp/transport-ssh2/embedded-host'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { machineChecks } from '../src/doctor/host-checks.ts'
import { type CliBench, cliBench } from './support/cli-bench.ts'

interface Line {
  readonly state: string
  readonly what: string
  readonly text: string
  readonly cure?: string
}

async function linesOf(bench: CliBench, what: string): Promise<readonly Line[]> {
  const { checks }: { readonly checks: readonly Line[] } = JSON.parse((await bench.sshmcp(['doctor', '--json'])).out)
  return checks.filter((check) => check.what === what)
}

describe('the clock of a host', () => {
  let bench: CliBench
  afterEach(() => bench.remove())

  /** A host whose clock is that many seconds ahead. */
  async function withClock(ahead: number): Promise<readonly Line[]> {
    bench = cliBench({ run: () => ({ stdout: `/bin/sh\n${Math.round(Date.now() / 1000) + ahead}\n` }) })
    await bench.withHost()
    return linesOf(bench, 'web-1')
  }

  test.each([
    [3_600, /Its clock is 3\d{3} s ahead of this machine/],
    [-7_200, /Its clock is 7\d{3} s behind this machine/],
  ])('%i seconds away is told, with the cure', async (ahead, text) => {
    expect((await withClock(ahead))[1]).toEqual({
      state: 'warn',
      what: 'web-1',
      text: expect.stringMatching(text),
      cure: 'On the host: sudo timedatectl set-ntp true',
    })
  })

  test('a few seconds away is nothing to tell', async () => {
    expect(await withClock(5)).toEqual([expect.objectContaining({ state: 'ok' })])
  })
})

test('a key that waits for an agent is one line, not also a key that is used', async () => {
  const bench = cliBench()
  await bench.withHost()
  mkdirSync(join(bench.home, '.ssh'), { mode: 0o700 })
  const file = join(bench.home, '.ssh/id_ed25519')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'secret words', '-f', file])
  expect(await linesOf(bench, 'keys')).toEqual([
    {
      state: 'warn',
      what: 'keys',
      text: `${file} has a passphrase: it works through the ssh-agent alone.`,
      cure: `eval "$(ssh-agent -s)" && ssh-add ${file}`,
    },
  ])
  bench.remove()
})

describe('identities, and no token in the terminal', () => {
  let bench: CliBench
  beforeEach(async () => {
    bench = cliBench()
    await bench.withHost()
    await bench.sshmcp(['identities', 'add', 'alice', '--roles', 'operator'])
  })
  afterEach(() => bench.remove())

  test('nothing fails on the machine of an HTTP server, and its hosts are tried', async () => {
    expect(await bench.sshmcp(['doctor'])).toMatchObject({ code: 0 })
    expect((await linesOf(bench, 'web-1'))[0]).toMatchObject({ state: 'ok' })
    expect(await linesOf(bench, 'token')).toEqual([
      { state: 'ok', what: 'token', text: expect.stringContaining('the HTTP server needs none') },
    ])
  })

  test('an editor that starts a server there without one is told, until its file names one', async () => {
    await bench.sshmcp(['mcp-config', 'cursor', '--write'])
    expect(await linesOf(bench, 'token')).toEqual([
      {
        state: 'fail',
        what: 'token',
        text: expect.stringContaining('The file of cursor'),
        cure: expect.stringContaining('SSH_MCP_AUTH_TOKEN_FILE'),
      },
    ])
    const file = join(bench.home, '.cursor/mcp.json')
    const given = JSON.parse(readFileSync(file, 'utf8'))
    given.mcpServers.sshmcp.env.SSH_MCP_AUTH_TOKEN_FILE = '/home/alice/token'
    writeFileSync(file, JSON.stringify(given))
    expect(await linesOf(bench, 'token')).toMatchObject([{ state: 'ok' }])
  })

  test('an editor on other files, or on an HTTP server, needs none here', async () => {
    await bench.sshmcp(['mcp-config', 'cursor', '--write', '--config-dir', join(bench.home, 'other')])
    await bench.sshmcp(['mcp-config', 'claude', '--write', '--url', 'https://ssh.example.org'])
    expect(await linesOf(bench, 'token')).toMatchObject([{ state: 'ok' }])
  })

  test('a token that is set has to hold', async () => {
    const { code, out } = await bench.sshmcp(['doctor'], { env: { SSH_MCP_AUTH_TOKEN: 'other' } })
    expect({ code, out }).toEqual({ code: 1, out: expect.stringMatching(/fail +config +The token belongs to no/) })
  })
})

describe('the anchor', () => {
  let bench: CliBench
  let anchor = ''
  beforeEach(async () => {
    bench = cliBench()
    await bench.withHost()
    anchor = join(bench.home, 'other-disk')
    mkdirSync(anchor, { mode: 0o700 })
  })
  afterEach(() => bench.remove())

  const anchored = (): void => bench.write('policy.json', { audit: { anchor_dir: anchor } })
  const call = () => bench.asModel('list_hosts', {})

  async function manyCalls(count: number): Promise<void> {
    const surroundings = { env: {}, cwd: '/', homeDir: bench.home, login: 'dana' }
    const runtime = await openRuntime(surroundings, { version: '0', adapters: {}, log: () => {} })
    const request: CallRequest = {
      tool: 'list_hosts',
      args: {},
      credential: runtime.credential,
      client: { name: 'test', version: '1' },
      signal: new AbortController().signal,
      via: 'model',
    }
    await Promise.all(Array.from({ length: count }, () => runtime.pipeline.call(request)))
    await runtime.close()
  }

  test('that has nothing of the journal is told', async () => {
    await call()
    anchored()
    expect(await linesOf(bench, 'journal')).toEqual([
      {
        state: 'warn',
        what: 'journal',
        text: expect.stringMatching(/NOT ANCHORED.*; the anchor is \d+ entries behind\.$/),
        cure: expect.stringContaining(`${anchor} (audit.anchor_dir of policy.json)`),
      },
    ])
  })

  test('that keeps up is no line of its own, and one that stopped is told', async () => {
    anchored()
    await call()
    expect(await linesOf(bench, 'journal')).toMatchObject([
      { state: 'ok', text: expect.stringContaining('anchored up to') },
    ])
    bench.write('policy.json', {})
    await manyCalls(540)
    anchored()
    expect(await linesOf(bench, 'journal')).toMatchObject([
      { state: 'warn', text: expect.stringMatching(/anchored up to \d+ .*; the anchor is \d{3} entries behind\.$/) },
    ])
  })
})

describe('this machine itself', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sshmcp-etc-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const reached = (hostId: string, hostKeyFingerprint: string) => ({
    host: aHost({ hostId: parseHostId(hostId) }),
    trial: {
      facts: { login: 'deploy', hostKeyFingerprint, authenticatedWith: 'key' },
      shell: '/bin/sh',
      isShellServed: true,
      clockSkewSeconds: 0,
    },
  })

  test('as a host is told by its own host key; another one is not', () => {
    const own = makeKeyPair()
    writeFileSync(join(folder, 'ssh_host_ed25519_key.pub'), `${own.publicLine}\n`)
    writeFileSync(join(folder, 'ssh_host_ed25519_key'), 'private')
    const key = fingerprint(Buffer.from(own.publicLine.split(' ')[1] ?? '', 'base64'))
    const checks = machineChecks([reached('here', key), reached('there', 'SHA256:other')], folder)
    expect(checks).toEqual([
      {
        state: 'warn',
        what: 'machines',
        text: expect.stringContaining('here is the machine that this server runs on'),
        cure: expect.stringContaining('cannot read the configuration folder'),
      },
    ])
  })
})
