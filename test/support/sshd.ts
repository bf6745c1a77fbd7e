import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRoot, ownAccount, throwAwayAccount } from './accounts.ts'
import { endDaemon, freePort, killQuietly, startDaemon, strays } from './daemon-process.ts'
import { programPath } from './require-real.ts'
import { makeKey, publicLine } from './ssh-keys.ts'

export interface SshdOptions {
  /**
   * Root only: serve a throw-away account with this login shell instead of our own account. It is removed by `stop()`.
   * An ordinary user's sshd can serve nobody but that user.
   */
  readonly userShell?: string
  /** Further lines of sshd_config. */
  readonly config?: readonly string[]
  /** Kinds of host keys; default `['ed25519']`. */
  readonly hostKeyTypes?: readonly ('ed25519' | 'rsa' | 'ecdsa')[]
  /** What is put before the key in authorized_keys, such as `command="…"`. */
  readonly keyOptions?: string
}

/** A real sshd on a loopback port, with keys of its own. */
export interface TestSshd {
  readonly port: number
  readonly user: string
  /** The account's home; the working directory of commands. */
  readonly home: string
  /** Private key file that logs in. */
  readonly identityFile: string
  /** Holds the host's keys, always the present ones. */
  readonly knownHostsFile: string
  /** Of the first host key type. */
  readonly hostKeyFingerprint: string
  /** The daemon's process id. */
  readonly pid: number
  /** A folder for the test's own files, gone after `stop()`. Others may enter it. */
  readonly folder: string
  /** What the daemon has logged so far; `LogLevel` in `config` says how much that is. */
  log(): string
  /** Gives the host new keys and restarts it on the same port; known_hosts keeps the old ones until it is asked to follow. */
  changeHostKey(): Promise<void>
  /** Writes the present host keys into known_hosts. */
  trustHostKey(): void
  /** Kills the daemon and every connection at once, as when the host goes down; resolves when nothing listens any more. */
  kill(): Promise<void>
  /** Ends the daemon with everything it started, and removes account and files. */
  stop(): Promise<void>
}

/** Starts sshd. Needs `sshd` and `ssh-keygen` (see `requireReal`). */
export async function startSshd(options: SshdOptions = {}): Promise<TestSshd> {
  const sshd = programPath('sshd')
  if (sshd === undefined) throw new Error('sshd is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'sshmcp-sshd-'))
  chmodSync(folder, 0o755)
  const account = options.userShell === undefined ? ownAccount() : throwAwayAccount(options.userShell)
  const port = await freePort()
  const types = options.hostKeyTypes ?? ['ed25519']
  const identityFile = join(folder, 'id_ed25519')
  const knownHostsFile = join(folder, 'known_hosts')
  const makeHostKeys = () => {
    for (const type of types) makeKey(join(folder, `host_${type}`), type)
  }
  const trustHostKey = () => {
    const lines = types.map((type) => `[127.0.0.1]:${port} ${publicLine(join(folder, `host_${type}`))}`)
    writeFileSync(knownHostsFile, `${lines.join('\n')}\n`)
  }
  makeHostKeys()
  makeKey(identityFile, 'ed25519')
  trustHostKey()
  const authorized = join(folder, 'authorized_keys')
  writeFileSync(authorized, `${options.keyOptions ? `${options.keyOptions} ` : ''}${publicLine(identityFile)}\n`)
  chmodSync(authorized, 0o644)
  writeFileSync(join(folder, 'sshd_config'), configOf(folder, port, account.user, types, options.config ?? []))
  if (isRoot) mkdirSync('/run/sshd', { recursive: true })
  const logFile = join(folder, 'sshd.log')
  const launch = () => startDaemon(sshd, ['-D', '-E', logFile, '-f', join(folder, 'sshd_config')], port)
  let daemon = await launch()
  return {
    port,
    user: account.user,
    home: account.home,
    identityFile,
    knownHostsFile,
    folder,
    get pid() {
      return daemon.pid ?? 0
    },
    get hostKeyFingerprint() {
      const shown = execFileSync('ssh-keygen', ['-lf', join(folder, `host_${types[0]}.pub`)], { encoding: 'utf8' })
      return shown.split(' ')[1] ?? ''
    },
    log: () => readFileSync(logFile, 'utf8'),
    async changeHostKey() {
      await endDaemon(daemon)
      makeHostKeys()
      daemon = await launch()
    },
    trustHostKey,
    kill: () => endDaemon(daemon),
    async stop() {
      await endDaemon(daemon)
      for (const pid of strays(port)) killQuietly(pid)
      account.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function configOf(
  folder: string,
  port: number,
  user: string,
  types: readonly string[],
  more: readonly string[],
): string {
  return [
    // The first value of a keyword counts, so what a test asks for goes first.
    ...more,
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    ...types.map((type) => `HostKey ${join(folder, `host_${type}`)}`),
    `PidFile ${join(folder, 'sshd.pid')}`,
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    `AllowUsers ${user}`,
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'StrictModes no',
    // bash then leaves the start-up files of whoever runs the tests alone: they may be slow, or hold a lock when they are killed.
    'SetEnv SHLVL=2',
    'LogLevel ERROR',
    'MaxStartups 200',
    'PrintMotd no',
    '',
  ].join('\n')
}
