import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type Socket } from 'node:net'
import { fingerprint, knownHostsLine } from '@sshmcp/transport'
import type { AuthContext, Connection, ServerChannel } from 'ssh2'
import { makeKeyPair } from './key-pair.ts'
import { loadSsh2 } from './load-ssh2.ts'

export { type KeyPair, makeKeyPair } from './key-pair.ts'

/** Who may log in to an embedded host, and what it does. */
export interface EmbeddedHostOptions {
  /** Public key lines that may log in, under any user name unless `users` says otherwise. */
  readonly authorizedKeys: readonly string[]
  /** The accounts there are; without it every name is one. */
  readonly users?: readonly string[]
  /** What a command does; without it `/bin/sh -c` really runs it, as the account of this process. */
  readonly run?: (line: string, channel: ServerChannel) => void
  /** Environment of the commands: all of it. Default: PATH alone, as this process has it. */
  readonly env?: Readonly<Record<string, string>>
  /** Working directory of the commands. */
  readonly cwd?: string
  /** Serves a subsystem such as `sftp`; without it there are none. */
  readonly subsystem?: (name: string, channel: ServerChannel) => void
  /** Sent before the login. */
  readonly banner?: string
}

/** An SSH host in this process, on loopback, for tests and for a first look. Not for anybody else's use. */
export interface EmbeddedHost {
  readonly port: number
  /** The line that makes this host known, for a known_hosts file. */
  readonly hostKeyLine: string
  readonly hostKeyFingerprint: string
  /** Every command line that was asked for, in order. */
  readonly asked: readonly string[]
  /** How many logins were tried, accepted or not. */
  readonly logins: number
  /** Ends every connection and every command with its process group. */
  close(): Promise<void>
}

/**
 * Starts an SSH server on 127.0.0.1 with a host key made for it in memory. It takes public keys only and runs commands only.
 *
 * @example
 * const key = makeKeyPair()
 * const host = await startEmbeddedHost({ authorizedKeys: [key.publicLine] })
 * // … connect to 127.0.0.1:host.port, with host.hostKeyLine in known_hosts …
 * await host.close()
 */
export async function startEmbeddedHost(options: EmbeddedHostOptions): Promise<EmbeddedHost> {
  const { Server, utils } = await loadSsh2()
  const hostKey = makeKeyPair('embedded host')
  const publicKey = utils.parseKey(hostKey.publicLine)
  if (publicKey instanceof Error || Array.isArray(publicKey))
    throw new Error('the host key that was just made is unreadable')
  const authorized = options.authorizedKeys.map((line) => Buffer.from(line.split(' ')[1] ?? '', 'base64'))
  const asked: string[] = []
  let logins = 0
  const children = new Set<ChildProcess>()
  const sockets = new Set<Socket>()
  const run = options.run ?? ((line, channel) => runShell(line, channel, options, children))
  const server = new Server({ hostKeys: [hostKey.privateKey], banner: options.banner ?? '' }, (connection) => {
    connection.on('error', () => {})
    connection.on('authentication', (context) => {
      logins++
      if (mayLogIn(context, authorized, options.users, utils.parseKey)) context.accept()
      else context.reject(['publickey'])
    })
    connection.on('ready', () => serve(connection, asked, { run, subsystem: options.subsystem }))
  })
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    server.injectSocket(socket)
  })
  const port = await listen(listener)
  const blob = Buffer.from(hostKey.publicLine.split(' ')[1] ?? '', 'base64')
  return {
    port,
    hostKeyLine: knownHostsLine('127.0.0.1', port, blob),
    hostKeyFingerprint: fingerprint(blob),
    asked,
    get logins() {
      return logins
    },
    async close() {
      for (const child of children) endGroup(child)
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

type ParseKey = Awaited<ReturnType<typeof loadSsh2>>['utils']['parseKey']

function mayLogIn(
  context: AuthContext,
  authorized: readonly Buffer[],
  users: readonly string[] | undefined,
  parseKey: ParseKey,
): boolean {
  const isKnown = users === undefined || users.includes(context.username)
  if (context.method !== 'publickey' || !isKnown) return false
  if (!authorized.some((blob) => blob.equals(context.key.data))) return false
  // The first round only asks whether the key would do; the second brings the signature.
  if (context.signature === undefined || context.blob === undefined) return true
  const key = parseKey(context.key.data)
  if (key instanceof Error || Array.isArray(key)) return false
  // Only `true` is a yes: on a malformed signature ssh2 returns an Error, which is one to an `if`.
  return key.verify(context.blob, context.signature, context.hashAlgo) === true
}

type Serving = {
  readonly run: (line: string, channel: ServerChannel) => void
  readonly subsystem: EmbeddedHostOptions['subsystem']
}

function serve(connection: Connection, asked: string[], { run, subsystem }: Serving): void {
  connection.on('session', (accept) => {
    const session = accept()
    session.on('exec', (acceptExec, _reject, { command }) => {
      asked.push(command)
      run(command, acceptExec())
    })
    if (subsystem === undefined) return
    session.on('subsystem', (acceptSubsystem, _reject, { name }) => subsystem(name, acceptSubsystem()))
  })
}

/** As sshd does it: the shell leads a session of its own, and the reply waits until its output is closed. */
function runShell(
  line: string,
  channel: ServerChannel,
  options: EmbeddedHostOptions,
  children: Set<ChildProcess>,
): void {
  const env = { ...(options.env ?? { PATH: process.env.PATH ?? '/usr/bin:/bin' }), SHELL: '/bin/sh' }
  const child = spawn('/bin/sh', ['-c', line], { env, cwd: options.cwd, detached: true, stdio: 'pipe' })
  children.add(child)
  channel.on('error', () => {})
  // A command that does not read its input ends before all of it was written.
  child.stdin.on('error', () => {})
  channel.pipe(child.stdin)
  child.stdout.pipe(channel, { end: false })
  child.stderr.pipe(channel.stderr, { end: false })
  child.once('error', () => {
    channel.exit(126)
    channel.end()
  })
  child.once('exit', () => children.delete(child))
  child.once('close', (code, signal) => {
    if (signal === null) channel.exit(code ?? 255)
    else channel.exit(signal.replace(/^SIG/, ''), false, '')
    channel.end()
  })
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended in this very moment.
  }
}

function listen(listener: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(0, '127.0.0.1', () => {
      const address = listener.address()
      if (typeof address === 'object' && address !== null) resolve(address.port)
      else reject(new Error('the embedded host has no port'))
    })
  })
}
