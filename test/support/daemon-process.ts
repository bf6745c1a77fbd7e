import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'

/** Starts a server program and waits until it greets on its port. */
export async function startDaemon(program: string, args: readonly string[], port: number): Promise<ChildProcess> {
  const daemon = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  daemon.stderr?.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk}`.slice(-4000)
  })
  for (let attempt = 0; attempt < 200; attempt++) {
    if (daemon.exitCode !== null) throw new Error(`${program} did not start: ${complaint}`)
    if (await greets(port)) return daemon
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  daemon.kill('SIGKILL')
  throw new Error(`${program} did not answer on port ${port}: ${complaint}`)
}

function greets(port: number): Promise<boolean> {
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
export async function endDaemon(daemon: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => daemon.once('exit', resolve))
  for (const pid of descendants(daemon.pid)) killQuietly(pid)
  if (daemon.exitCode === null && daemon.signalCode === null) await gone
}

/** The numbers that ps prints for every process. */
export function processTable(columns: string): readonly (readonly number[])[] {
  const table = execFileSync('ps', ['-A', '-o', columns], { encoding: 'utf8' })
  const rows = table.trim().split('\n')
  return rows.map((row) => row.trim().split(/\s+/).map(Number))
}

/** A process and all that descends from it. */
function descendants(root: number | undefined): readonly number[] {
  if (root === undefined) return []
  const rows = processTable('pid=,ppid=')
  const found = [root]
  for (const parent of found) found.push(...rows.filter(([, ppid]) => ppid === parent).map(([pid = 0]) => pid))
  return found
}

/** What escaped from its session still carries the connection's name in its environment. */
export function strays(port: number): readonly number[] {
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

/** SIGKILL to a process that may have ended already. */
export function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Already gone.
  }
}

/** A port that nothing listens on just now. */
export function freePort(): Promise<number> {
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
