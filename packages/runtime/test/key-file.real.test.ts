import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { StdioServerProcess } from '../../../test/e2e/stdio-server.ts'
import { isRoot } from '../../../test/support/accounts.ts'
import { requireReal, requireThat } from '../../../test/support/require-real.ts'
import { makeKey, publicLine } from '../../../test/support/ssh-keys.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'
import { createRuntime } from '../src/create-runtime.ts'
import { loadConfig } from '../src/loader/load-config.ts'
import type { Runtime } from '../src/runtime.ts'
import { type ConfigFolder, configFolder } from '../src/testing/config-folder.ts'
import { serverOf } from './certified-host.ts'

const canRun =
  requireReal('sshd', 'ssh', 'ssh-keygen') && requireThat(isRoot, 'authorized_keys of a throw-away account needs root')

describe.skipIf(!canRun)('the authorized_keys file of an account', () => {
  let sshd: TestSshd
  let folder: ConfigFolder
  let own: string
  let runtime: Runtime
  let server: ReturnType<typeof serverOf>
  const ssh = () => join(sshd.home, '.ssh')
  const file = () => join(ssh(), 'authorized_keys')

  beforeAll(async () => {
    own = mkdtempSync(join(tmpdir(), 'sshmcp-keys-'))
    // sshd reads it as the account.
    chmodSync(own, 0o755)
    sshd = await startSshd({
      userShell: '/bin/sh',
      config: [
        'Subsystem sftp internal-sftp',
        `AuthorizedKeysFile .ssh/authorized_keys ${own}/own`,
        'AllowUsers root *',
      ],
    })
    // What the server itself logs in with stands elsewhere.
    writeFileSync(join(own, 'own'), publicLine(sshd.identityFile))
    folder = configFolder()
    folder.write('known_hosts', readFileSync(sshd.knownHostsFile, 'utf8'))
    const { port, user: ssh_user, identityFile: identity_file } = sshd
    const host = { hostname: '127.0.0.1', port, identity_file }
    folder.write('hosts.json', [
      { ...host, host_id: 'web-1', ssh_user },
      { ...host, host_id: 'by-root', ssh_user: 'root' },
    ])
    folder.write('policy.json', { rate_limits: { max_requests_per_minute: 1000, max_concurrent: 20 } })
    // The same identity as that of the servers below, so that they may use what it was allowed.
    const config = loadConfig({ ...folder.surroundings(env()), login: userInfo().username })
    runtime = await createRuntime(config, { version: '0', log: () => {} })
    server = serverOf(runtime)
  })
  afterAll(async () => {
    await runtime?.close()
    await sshd?.stop()
    folder?.remove()
    rmSync(own, { recursive: true, force: true })
  })
  beforeEach(() => rmSync(ssh(), { recursive: true, force: true }))

  const env = () => ({
    SSH_MCP_CONFIG_DIR: folder.dir,
    SSH_MCP_REQUIRE_TWO_PARTY_APPROVAL: 'false',
    SSH_MCP_SSH_KNOWN_HOSTS_FILE: join(folder.dir, 'known_hosts'),
  })
  const newKey = (name: string): string => {
    const path = join(own, `${name}-${Math.random()}`)
    makeKey(path, 'ed25519')
    return path
  }
  const added = (key: string, host_id = 'web-1') => ({
    user_name: sshd.user,
    public_key: publicLine(key),
    ttl_seconds: 600,
    host_id,
  })
  const logsIn = (identity: string): string =>
    execFileSync(
      'ssh',
      ['-F', 'none', '-i', identity, '-o', 'IdentitiesOnly=yes', '-o', 'IdentityAgent=none', '-o', 'BatchMode=yes']
        .concat(['-o', `UserKnownHostsFile=${sshd.knownHostsFile}`, '-p', String(sshd.port)])
        .concat([`${sshd.user}@127.0.0.1`, 'echo', 'in']),
      { encoding: 'utf8' },
    )
  const owned = (path: string) => {
    const { uid, mode } = statSync(path)
    return { isTheirs: uid === statSync(sshd.home).uid, mode: mode & 0o777 }
  }
  const theirFolder = () => {
    mkdirSync(ssh(), { mode: 0o700 })
    const { uid, gid } = statSync(sshd.home)
    chownSync(ssh(), uid, gid)
  }

  test('is made with its folder where there is none, as ssh-copy-id does', async () => {
    const key = newKey('first')
    expect(await server.approved('add_ssh_key', added(key))).toMatchObject({ result: { status: 'installed' } })
    expect([owned(ssh()), owned(file())]).toEqual([
      { isTheirs: true, mode: 0o700 },
      { isTheirs: true, mode: 0o600 },
    ])
    expect(logsIn(key)).toBe('in\n')
  })

  test('is made for another account with that account as its owner, so that sshd reads it', async () => {
    theirFolder()
    const key = newKey('by-root')
    expect(await server.approved('add_ssh_key', added(key, 'by-root'))).toMatchObject({
      result: { status: 'installed' },
    })
    expect(owned(file())).toEqual({ isTheirs: true, mode: 0o600 })
    expect(logsIn(key)).toBe('in\n')
  })

  test('the folder of another account is left to be made there, with the line that does it', async () => {
    const key = newKey('refused')
    const request = await server.approve('add_ssh_key', added(key, 'by-root'))
    const call = server.reply('add_ssh_key', { ...added(key, 'by-root'), approval_request_id: request })
    expect(await call).toMatchObject({
      isError: true,
      error: {
        code: 'KEY_FILE_UNSAFE',
        next: `On the host: install -d -m 700 -o ${sshd.user} -g "$(id -gn ${sshd.user})" ${ssh()}. Then call again.`,
      },
    })
  })

  test('a folder that is a link is not followed', async () => {
    symlinkSync(own, ssh())
    await expect(server.approved('add_ssh_key', added(newKey('link')))).rejects.toThrow('KEY_FILE_UNSAFE')
  })

  test('an approver of a removal sees the hosts, the account and the key behind the id', async () => {
    const { result } = await server.approved('add_ssh_key', added(newKey('shown')))
    const { key_id, fingerprint } = result
    const asked = await server.call('request_approval', {
      action: 'remove_ssh_key',
      arguments: { key_id, reason: 'left' },
      justification: 'as agreed',
    })
    const { text } = await server.call('show_approval', { request_id: asked.request_id }, { via: 'terminal' })
    expect(text).toMatch(new RegExp(`Key is on +\\| web-1 \\(${sshd.user}\\)`))
    expect(text).toContain(String(fingerprint))
  })

  test('two servers and somebody with an editor of their own write at once, and nothing is lost', async () => {
    theirFolder()
    writeFileSync(file(), '# theirs\n')
    const { uid, gid } = statSync(sshd.home)
    chownSync(file(), uid, gid)
    const keys = Array.from({ length: 8 }, (_, at) => newKey(`many-${at}`))
    const calls: object[] = []
    for (const key of keys) {
      calls.push({ ...added(key), approval_request_id: await server.approve('add_ssh_key', added(key)) })
    }
    const servers = [new StdioServerProcess(env()), new StdioServerProcess(env())]
    await Promise.all(servers.map((one) => one.initialize()))
    // Appends as ssh-copy-id does, whenever it likes.
    const line = 'n=0; while [ "$n" -lt 150 ]; do n=$((n + 1)); echo "# foreign $n" >> "$0"; sleep 0.03; done'
    const foreign = spawn('sh', ['-c', line, file()], { stdio: 'ignore' })
    const foreignEnd = once(foreign, 'close')
    const replies = await Promise.all(calls.map((call, at) => servers[at % 2]?.call('add_ssh_key', call)))
    await foreignEnd
    await Promise.all(servers.map((one) => one.stop()))
    expect(replies.map((reply) => reply?.status ?? reply)).toEqual(keys.map(() => 'installed'))
    const lines = readFileSync(file(), 'utf8').split('\n')
    expect(lines[0]).toBe('# theirs')
    const numbers = lines.flatMap((text) => /^# foreign (\d+)$/.exec(text)?.[1] ?? [])
    // What was appended in the moment of a replacement comes in a little later.
    expect(numbers.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, at) => at + 1))
    expect(lines.filter((text) => text.includes(' sshmcp:'))).toHaveLength(8)
    expect(keys.map((key) => logsIn(key))).toEqual(keys.map(() => 'in\n'))
  })
})
