import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { isRoot } from '../support/accounts.ts'
import { productScene } from '../support/product-scene.ts'
import { linesOf } from '../support/real-transport.ts'
import { programPath, requireReal, requireThat } from '../support/require-real.ts'
import { startSshd } from '../support/sshd.ts'

const canRun =
  requireReal('sshd', 'ssh-keygen', 'busybox', 'ldd') && requireThat(isRoot, 'accounts with other shells need root')

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
const folderIn = (parent: string) => {
  const folder = mkdtempSync(join(parent, 'sshmcp-facts-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

/** What a model is told of a host with this login shell and these lines of sshd_config. */
async function askFacts(userShell: string, config: readonly string[]) {
  const sshd = await startSshd({ userShell, config })
  const { port, user, identityFile } = sshd
  const hosts = [{ host_id: 'box', hostname: '127.0.0.1', port, ssh_user: user, identity_file: identityFile }]
  const scene = await productScene({ hosts, knownHosts: linesOf(sshd.knownHostsFile) })
  try {
    return await scene.call('get_host_facts', { host_id: 'box' })
  } finally {
    await scene.close()
    await sshd.stop()
  }
}

async function factsOf(userShell: string, config: readonly string[]) {
  const reply = await askFacts(userShell, config)
  if (reply.isError) throw new Error(`${reply.error.code}: ${reply.error.message}`)
  return reply.result
}

/** Copies a program and its libraries below another root. */
function install(program: string, root: string, as: string): void {
  const libraries = execFileSync('ldd', [program], { encoding: 'utf8' }).match(/\/\S+(?= \()/g) ?? []
  for (const [from, to] of [[program, as] as const, ...libraries.map((path) => [path, path] as const)]) {
    mkdirSync(join(root, dirname(to)), { recursive: true })
    copyFileSync(from, join(root, to))
  }
}

const everything = {
  hostname: hostname(),
  uptime_seconds: expect.any(Number),
  cpu: { count: expect.any(Number), load_average: [expect.any(Number), expect.any(Number), expect.any(Number)] },
  memory: { total_bytes: expect.any(Number), available_bytes: expect.any(Number) },
}

describe.skipIf(!canRun)('facts of hosts that are no common server', () => {
  test('with nothing but BusyBox: its shell, its uname, its df', async () => {
    const applets = folderIn(tmpdir())
    execFileSync('busybox', ['--install', '-s', applets])
    const facts = await factsOf(join(applets, 'ash'), [`SetEnv PATH=${applets}`])
    expect(facts).toMatchObject({
      ...everything,
      kernel: expect.stringMatching(/^Linux \S+ \S+$/),
      disks: expect.arrayContaining([
        expect.objectContaining({ mount: expect.stringMatching(/^\//), size_bytes: expect.any(Number) }),
      ]),
    })
  })

  test('with no program but a shell: what /proc tells, and null for the rest', async () => {
    const programs = folderIn(tmpdir())
    symlinkSync(programPath('dash') ?? '/bin/sh', join(programs, 'sh'))
    const facts = await factsOf('/bin/sh', [`SetEnv PATH=${programs}`])
    expect(facts).toMatchObject({ ...everything, kernel: null, disks: null })
  })

  test('whose PATH leads to nothing at all: a coded error that says what is missing', async () => {
    const reply = await askFacts('/bin/sh', [`SetEnv PATH=${folderIn(tmpdir())}`])
    expect(reply).toMatchObject({
      isError: true,
      error: { code: 'FACTS_UNREADABLE', message: expect.stringContaining('exit code 127') },
    })
  })

  test('with a shell and not even /proc: null for everything, and no error', async () => {
    // sshd wants a root that nobody else could write to, all the way up: a temporary folder is none.
    const root = folderIn('/srv')
    install(programPath('dash') ?? '/bin/sh', root, '/bin/sh')
    const { audit_id, raw, ...facts } = await factsOf('/bin/sh', [`ChrootDirectory ${root}`])
    expect(facts).toEqual({
      host_id: 'box',
      ...{ os: null, kernel: null, hostname: null, uptime_seconds: null, cpu: null, memory: null, disks: null },
    })
    expect([audit_id, raw]).toEqual([expect.stringMatching(/^op_/), expect.stringContaining('@@end')])
  })
})
