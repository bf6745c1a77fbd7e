import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { throwAwayAccount } from './accounts.ts'
import { endDaemon, freePort, killQuietly, startDaemon, strays } from './daemon-process.ts'
import { programPath } from './require-real.ts'
import { makeKey, publicLine } from './ssh-keys.ts'

/** A real Dropbear on a loopback port. Root only: it reads the keys of the account's own home. */
export interface TestDropbear {
  readonly port: number
  readonly user: string
  readonly identityFile: string
  /** For known_hosts. */
  readonly hostKeyLine: string
  stop(): Promise<void>
}

/** Starts Dropbear with a throw-away account. Needs `dropbear`, `dropbearkey` and `ssh-keygen`. */
export async function startDropbear(userShell: string): Promise<TestDropbear> {
  const [dropbear, dropbearkey] = [programPath('dropbear'), programPath('dropbearkey')]
  if (dropbear === undefined || dropbearkey === undefined) throw new Error('Dropbear is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'sshmcp-dropbear-'))
  const account = throwAwayAccount(userShell)
  const port = await freePort()
  const hostKey = join(folder, 'host')
  const shown = execFileSync(dropbearkey, ['-t', 'ed25519', '-f', hostKey], { encoding: 'utf8', stdio: 'pipe' })
  const identityFile = join(folder, 'id_ed25519')
  makeKey(identityFile, 'ed25519')
  const sshFolder = join(account.home, '.ssh')
  mkdirSync(sshFolder, { mode: 0o700 })
  const authorized = join(sshFolder, 'authorized_keys')
  writeFileSync(authorized, `${publicLine(identityFile)}\n`, { mode: 0o600 })
  const { uid, gid } = statSync(account.home)
  for (const path of [sshFolder, authorized]) chownSync(path, uid, gid)
  const args = ['-F', '-E', '-s', '-m', '-r', hostKey, '-p', `127.0.0.1:${port}`, '-P', join(folder, 'pid')]
  const daemon = await startDaemon(dropbear, args, port)
  const [type, key] = (shown.split('\n').find((line) => line.startsWith('ssh-ed25519 ')) ?? '').split(' ')
  return {
    port,
    user: account.user,
    identityFile,
    hostKeyLine: `[127.0.0.1]:${port} ${type} ${key}`,
    async stop() {
      await endDaemon(daemon)
      for (const pid of strays(port)) killQuietly(pid)
      account.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
