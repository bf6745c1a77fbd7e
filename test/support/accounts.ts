import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { killQuietly, processTable } from './daemon-process.ts'

export const isRoot = process.getuid?.() === 0

/** For `startSshd`: root's own login shell may read slow start-up files, so as root an account with a plain one is served. */
export const plainShell: { readonly userShell?: string } = isRoot ? { userShell: '/bin/sh' } : {}

/** Who a test host lets in. */
export interface Account {
  readonly user: string
  readonly home: string
  remove(): void
}

/** The account that runs the tests. */
export function ownAccount(): Account {
  const { username, homedir } = userInfo()
  return { user: username, home: homedir, remove: () => {} }
}

/** Root only: a new account with this login shell. */
export function throwAwayAccount(shell: string): Account {
  if (!isRoot) throw new Error('only root can make a throw-away account')
  const user = `sshmcp${process.pid}${String(Math.random()).slice(2, 6)}`
  const home = join(tmpdir(), `home-${user}`)
  execFileSync('useradd', ['--create-home', '--home-dir', home, '--shell', shell, '--password', '*', user], {
    stdio: 'pipe',
  })
  return {
    user,
    home,
    remove() {
      endProcessesOf(user)
      execFileSync('userdel', ['--force', '--remove', user], { stdio: 'pipe' })
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** A test may have let a process escape on purpose; the account's own ones, by its number, are ended with the account. */
function endProcessesOf(user: string): void {
  const uid = execFileSync('id', ['-u', user], { encoding: 'utf8' }).trim()
  for (const [pid, owner] of processTable('pid=,uid=')) if (owner === Number(uid)) killQuietly(pid ?? 0)
}
