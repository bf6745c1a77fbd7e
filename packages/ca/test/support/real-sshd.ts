import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { programPath } from '../../../../test/support/require-real.ts'

/** What a program said and how it ended. */
export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end, whatever that is. */
export function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(program, [...args], { encoding: 'utf8', env, timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, stdout, stderr })
    })
    child.stdin?.end()
  })
}

/** An sshd whose files a test may write, and whose log it may read. */
export interface RealSshd {
  readonly folder: string
  readonly port: number
  readonly user: string
  readonly configFile: string
  readonly knownHostsFile: string
  readonly authorizedKeysFile: string
  readonly logFile: string
  /** Everything logged since the last call. */
  logged(): string
  /** A login by the real client; `options` are `-o` values. */
  login(command: string, keyFile: string, options?: readonly string[]): Promise<Ran>
  stop(): Promise<void>
}

/** Starts an sshd; `config` comes before the other lines, and may use `folder`. */
export async function startRealSshd(config: (folder: string) => readonly string[]): Promise<RealSshd> {
  const folder = mkdtempSync(join(tmpdir(), 'sshmcp-ca-'))
  const file = (name: string) => join(folder, name)
  const port = await freePort()
  const { username: user } = userInfo()
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true })
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file('host')])
  writeFileSync(file('known_hosts'), `[127.0.0.1]:${port} ${readFileSync(file('host.pub'), 'utf8')}`)
  writeFileSync(file('authorized_keys'), '')
  writeFileSync(file('log'), '')
  writeFileSync(file('sshd_config'), [...config(folder), ...settings(folder, port), ''].join('\n'))
  const daemon = spawn(sshdPath(), ['-D', '-E', file('log'), '-f', file('sshd_config')], { stdio: 'ignore' })
  await answering(daemon, port, file('log'))
  let read = 0
  return {
    folder,
    port,
    user,
    configFile: file('sshd_config'),
    knownHostsFile: file('known_hosts'),
    authorizedKeysFile: file('authorized_keys'),
    logFile: file('log'),
    logged() {
      const all = readFileSync(file('log'), 'latin1')
      const fresh = all.slice(read)
      read = all.length
      return fresh
    },
    login: (command, keyFile, options = []) =>
      run('ssh', clientArguments(folder, port, user, command, keyFile, options)),
    async stop() {
      const gone = new Promise((resolve) => daemon.once('exit', resolve))
      if (daemon.exitCode === null && daemon.kill('SIGKILL')) await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function sshdPath(): string {
  const sshd = programPath('sshd')
  if (sshd === undefined) throw new Error('sshd is not installed')
  return sshd
}

function settings(folder: string, port: number): readonly string[] {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `PidFile ${join(folder, 'pid')}`,
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'StrictModes no',
    'LogLevel INFO',
    // bash then leaves the start-up files of whoever runs the tests alone: they may be slow, or say something.
    'SetEnv SHLVL=2',
    'MaxStartups 200',
    // From 9.8 on an sshd turns away addresses with many failed logins, which here is the test's business.
    ...(openSshVersion() >= 9.8 ? ['PerSourcePenalties no'] : []),
  ]
}

/** Such as 9.2. */
export function openSshVersion(): number {
  const [, version = '0'] =
    /OpenSSH_(\d+\.\d+)/.exec(execFileSync('sh', ['-c', 'ssh -V 2>&1'], { encoding: 'utf8' })) ?? []
  return Number(version)
}

function clientArguments(
  folder: string,
  port: number,
  user: string,
  command: string,
  keyFile: string,
  options: readonly string[],
): readonly string[] {
  const fixed = [
    'IdentitiesOnly=yes',
    'IdentityAgent=none',
    'BatchMode=yes',
    'PreferredAuthentications=publickey',
    'StrictHostKeyChecking=yes',
    `UserKnownHostsFile=${join(folder, 'known_hosts')}`,
    'GlobalKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
  ]
  const all = [...options, ...fixed].flatMap((option) => ['-o', option])
  return ['-F', 'none', '-i', keyFile, ...all, '-p', String(port), `${user}@127.0.0.1`, command]
}

async function answering(daemon: ChildProcess, port: number, log: string): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (daemon.exitCode !== null) throw new Error(`sshd did not start: ${readFileSync(log, 'utf8')}`)
    if (await answers(port)) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  daemon.kill('SIGKILL')
  throw new Error(`sshd did not answer on port ${port}`)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => resolve(socket.destroy() !== undefined))
    socket.once('error', () => resolve(false))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : undefined
      server.close(() => (port === undefined ? reject(new Error('no port')) : resolve(port)))
    })
  })
}
