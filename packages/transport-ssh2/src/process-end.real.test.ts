import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRoot } from '../../../test/support/accounts.ts'
import { killQuietly } from '../../../test/support/daemon-process.ts'
import { startDropbear, type TestDropbear } from '../../../test/support/dropbear.ts'
import { endIt, endsEverything, gone } from '../../../test/support/ends-everything.ts'
import { hostOf, linesOf, transportTo } from '../../../test/support/real-transport.ts'
import { processesWith } from '../../../test/support/remote-processes.ts'
import { programPath, requireReal, requireThat } from '../../../test/support/require-real.ts'
import { startSshd, type TestSshd } from '../../../test/support/sshd.ts'

const never = new AbortController().signal

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
