import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SshConnection } from '@sshmcp/transport'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRoot } from '../../../test/support/accounts.ts'
import { runLine } from '../../../test/support/collect.ts'
import { killQuietly } from '../../../test/support/daemon-process.ts'
import { startDropbear, type TestDropbear } from '../../../test/support/dropbear.ts'
import { hostOf, linesOf, transportTo } from '../../../test/support/real-transport.ts'
import { eventually, processesWith } from '../../../test/support/remote-processes.ts'
import { programPath, requireReal, requireThat } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'

const never = new AbortController().signal

/** A number that sleep takes and nothing else on this machine has among its arguments. */
function uniqueSeconds(): string {
  return `600.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`
}

/** Runs a line, waits until its processes are seen, aborts, and says what the transport said and what is true. */
async function endIt(connection: SshConnection, makeLine: (seconds: string) => string, processes = 1) {
  const seconds = uniqueSeconds()
  const abort = new AbortController()
  const running = runLine(connection, makeLine(seconds), { signal: abort.signal })
  await eventually('the command to run', () => processesWith(seconds).length >= processes)
  abort.abort()
  const { exit } = await running
  return { said: exit.remoteProcess, left: processesWith(seconds).length }
}

const gone = { said: 'dead', left: 0 }

/** What every host and every login shell must give. */
function endsEverything(connect: () => Promise<SshConnection>): void {
  test('a plain command, on the first call and on a later one', async () => {
    const connection = await connect()
    expect(await endIt(connection, (seconds) => `env sleep ${seconds}`)).toEqual(gone)
    expect(await endIt(connection, (seconds) => `env sleep ${seconds}`)).toEqual(gone)
    await connection.close()
  })

  test('a process that ignores TERM', async () => {
    const connection = await connect()
    const line = (seconds: string) => `sh -c 'trap "" TERM; sleep ${seconds}; sleep ${seconds}'`
    expect(await endIt(connection, line)).toEqual(gone)
    await connection.close()
  })

  test('children in the background and in a pipe', async () => {
    const connection = await connect()
    const line = (seconds: string) => `sh -c 'sleep ${seconds} & sleep ${seconds} | cat & wait'`
    expect(await endIt(connection, line, 2)).toEqual(gone)
    await connection.close()
  })

  test('a child with a session of its own', async () => {
    const connection = await connect()
    expect(await endIt(connection, (seconds) => `sh -c 'setsid sleep ${seconds} & sleep ${seconds}'`, 2)).toEqual(gone)
    await connection.close()
  })

  test('one that forked away, or says that it does not know', async () => {
    const connection = await connect()
    await runLine(connection, 'true')
    const line = (seconds: string) => `sh -c '(setsid sleep ${seconds} >/dev/null 2>&1 &); sleep ${seconds}'`
    const { said, left } = await endIt(connection, line, 2)
    expect(said === 'dead' ? left : 0).toBe(0)
    await connection.close()
  })

  test('and nothing of the commands beside it', async () => {
    const connection = await connect()
    const [mine, other] = [uniqueSeconds(), uniqueSeconds()]
    const abort = new AbortController()
    const otherAbort = new AbortController()
    const beside = runLine(connection, `env sleep ${other}`, { signal: otherAbort.signal })
    const running = runLine(connection, `env sleep ${mine}`, { signal: abort.signal })
    await eventually('both', () => processesWith(mine).length > 0 && processesWith(other).length > 0)
    abort.abort()
    expect((await running).exit.remoteProcess).toBe('dead')
    expect([processesWith(mine).length, processesWith(other).length]).toEqual([0, 1])
    otherAbort.abort()
    expect((await beside).exit.remoteProcess).toBe('dead')
    expect(processesWith(other).length).toBe(0)
    await connection.close()
  })
}

const shells = ['sh', 'bash', 'zsh', 'fish', 'csh', 'ksh', 'mksh'] as const

describe.skipIf(
  !(requireReal('sshd', 'ssh-keygen') && requireThat(isRoot, 'login shells of other accounts need root')),
)('OpenSSH', () => {
  describe.each(shells.filter((name) => requireReal(name)))('with %s as the login shell', (name) => {
    let sshd: TestSshd
    beforeAll(async () => {
      sshd = await startSshd({ userShell: programPath(name) ?? name })
    })
    afterAll(() => sshd?.stop())
    endsEverything(() => transportTo(sshd, linesOf(sshd.knownHostsFile)).connect(hostOf(sshd), never))
  })

  describe.skipIf(!requireReal('busybox'))('with nothing but BusyBox', () => {
    let sshd: TestSshd
    let applets: string
    beforeAll(async () => {
      applets = mkdtempSync(join(tmpdir(), 'sshmcp-busybox-'))
      chmodSync(applets, 0o755)
      execFileSync('busybox', ['--install', '-s', applets])
      sshd = await startSshd({ userShell: join(applets, 'ash'), config: [`SetEnv PATH=${applets}`] })
    })
    afterAll(async () => {
      await sshd?.stop()
      rmSync(applets, { recursive: true, force: true })
    })
    endsEverything(() => transportTo(sshd, linesOf(sshd.knownHostsFile)).connect(hostOf(sshd), never))
  })
})

const canRunDropbear =
  requireReal('dropbear', 'dropbearkey', 'ssh-keygen') && requireThat(isRoot, 'Dropbear needs root')

describe.skipIf(!canRunDropbear)('Dropbear', () => {
  describe.each(['sh', 'bash'] as const)('with %s as the login shell', (name) => {
    let dropbear: TestDropbear
    beforeAll(async () => {
      dropbear = await startDropbear(`/bin/${name}`)
    })
    afterAll(() => dropbear?.stop())
    endsEverything(() => transportTo(dropbear, [dropbear.hostKeyLine]).connect(hostOf(dropbear), never))
  })
})

describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('when the connection takes no further channel', () => {
  let sshd: TestSshd
  beforeAll(async () => {
    sshd = await startSshd({ config: ['MaxSessions 1'] })
  })
  afterAll(() => sshd?.stop())

  test('the process is ended over another connection', async () => {
    const connection = await transportTo(sshd, linesOf(sshd.knownHostsFile)).connect(hostOf(sshd), never)
    expect(await endIt(connection, (seconds) => `env sleep ${seconds}`)).toEqual(gone)
    await connection.close()
  })
})

describe.skipIf(
  !(requireReal('sshd', 'ssh-keygen', 'sudo', 'visudo') && requireThat(isRoot, 'a rule for sudo needs root')),
)('a process that runs as root by sudo', () => {
  let sshd: TestSshd
  let rule: string
  beforeAll(async () => {
    sshd = await startSshd({ userShell: '/bin/sh' })
    // A dot in the name would make sudo pass the file by.
    rule = join('/etc/sudoers.d', sshd.user)
    writeFileSync(rule, `${sshd.user} ALL=(root) NOPASSWD: ${programPath('sh')}\n`, { mode: 0o440 })
    execFileSync('visudo', ['-c', '-q', '-f', rule])
  })
  afterAll(async () => {
    rmSync(rule, { force: true })
    await sshd?.stop()
  })

  const end = async (makeLine: (seconds: string) => string) => {
    const connection = await transportTo(sshd, linesOf(sshd.knownHostsFile)).connect(hostOf(sshd), never)
    let used = ''
    const remembered = (seconds: string) => {
      used = seconds
      return makeLine(seconds)
    }
    try {
      return await endIt(connection, remembered, 2)
    } finally {
      for (const pid of processesWith(used)) killQuietly(pid)
      await connection.close()
    }
  }

  test('is ended where sudo passes the signal on, and where it does not, that is said', async () => {
    const { said, left } = await end((seconds) => `sudo -n sh -c 'exec sleep "$0"' ${seconds}`)
    expect(said).toBe(left === 0 ? 'dead' : 'alive')
  })

  test('and ignores TERM is not for the account to end: alive', async () => {
    const { said, left } = await end((seconds) => `sudo -n sh -c 'trap "" TERM; exec sleep "$0"' ${seconds}`)
    expect([said, left > 0]).toEqual(['alive', true])
  })
})
