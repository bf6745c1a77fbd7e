import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { programPath } from './require-real.ts'

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
  /** Gives the host new keys and restarts it on the same port; known_hosts keeps the old ones until it is asked to follow. */
  changeHostKey(): Promise<void>
  /** Writes the present host keys into known_hosts. */
  trustHostKey(): void
  /** Kills the daemon and every connection at once, as when the host goes down. */
  kill(): void
  /** Ends the daemon with everything it started, and removes account and files. */
  stop(): Promise<void>
}

const isRoot = process.getuid?.() === 0

/** Starts sshd. Needs `sshd` and `ssh-keygen` (see `requireReal`). */
export async function startSshd(options: SshdOptions = {}): Promise<TestSshd> {
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
  let daemon = await start(folder, port)
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
    async changeHostKey() {
      await end(daemon)
      makeHostKeys()
      daemon = await start(folder, port)
    },
    trustHostKey,
    kill() {
      for (const pid of descendants(daemon.pid)) killQuietly(pid)
    },
    async stop() {
      await end(daemon)
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
    'LogLevel ERROR',
    'MaxStartups 200',
    'PrintMotd no',
    '',
  ].join('\n')
}

async function start(folder: string, port: number): Promise<ChildProcess> {
  const sshd = programPath('sshd')
  if (sshd === undefined) throw new Error('sshd is not installed')
  const daemon = spawn(sshd, ['-D', '-e', '-f', join(folder, 'sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  daemon.stderr?.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk}`.slice(-4000)
  })
  for (let attempt = 0; attempt < 200; attempt++) {
    if (daemon.exitCode !== null) throw new Error(`sshd did not start: ${complaint}`)
    if (await answers(port)) return daemon
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  daemon.kill('SIGKILL')
  throw new Error(`sshd did not answer on port ${port}: ${complaint}`)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** Ends a daemon with all that descends from it; what it ran for a test must not outlive the test. */
async function end(daemon: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => daemon.once('exit', resolve))
  for (const pid of descendants(daemon.pid)) killQuietly(pid)
  if (daemon.exitCode === null && daemon.signalCode === null) await gone
}

function descendants(root: number | undefined): readonly number[] {
  if (root === undefined) return []
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const rows = table
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
  const found = [root]
  for (const parent of found) found.push(...rows.filter(([, ppid]) => ppid === parent).map(([pid = 0]) => pid))
  return found
}

/** What escaped from its session still carries the connection's name in its environment. */
function strays(port: number): readonly number[] {
  const mark = new RegExp(`\\0?SSH_CONNECTION=\\S+ \\d+ 127\\.0\\.0\\.1 ${port}\\0`)
  const pids = readdirSync('/proc', { withFileTypes: true }).filter((entry) => /^\d+$/.test(entry.name))
  return pids.map(({ name }) => Number(name)).filter((pid) => mark.test(environmentOf(pid)))
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1')
  } catch {
    return ''
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Already gone.
  }
}

interface Account {
  readonly user: string
  readonly home: string
  remove(): void
}

function ownAccount(): Account {
  const { username, homedir } = userInfo()
  return { user: username, home: homedir, remove: () => {} }
}

function throwAwayAccount(shell: string): Account {
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
  const table = execFileSync('ps', ['-A', '-o', 'pid=,uid='], { encoding: 'utf8' })
  for (const row of table.trim().split('\n')) {
    const [pid, owner] = row.trim().split(/\s+/)
    if (owner === uid) killQuietly(Number(pid))
  }
}

function makeKey(path: string, type: string): void {
  rmSync(path, { force: true })
  const bits = type === 'rsa' ? ['-b', '2048'] : []
  execFileSync('ssh-keygen', ['-q', '-t', type, ...bits, '-N', '', '-C', 'sshmcp test', '-f', path])
  if (isRoot) chownSync(path, 0, 0)
}

function publicLine(path: string): string {
  return readFileSync(`${path}.pub`, 'utf8').trim()
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
