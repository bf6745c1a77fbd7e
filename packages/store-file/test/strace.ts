import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/** strace where it is installed; where real programs are required its absence is a failure, not a skip. */
export const canTrace = spawnSync('strace', ['-V']).status === 0 || process.env.TEST_REQUIRE_REAL === '1'

/** A system call with a file or folder in it, as strace wrote it down. */
export interface Call {
  readonly syscall: string
  /** By which thread: the program's own, or one that its runtime keeps for calls that wait. */
  readonly thread: 'main' | 'pool'
  /**
   * Absolute, in the order of the arguments; a descriptor counts as the path it was opened by. The program's process id
   * is written as `ownPid`.
   */
  readonly paths: readonly string[]
  /** `none`: it never came back, since the process was killed. */
  readonly end: 'returned' | 'injected' | 'none'
}

/** How a program ended. */
export interface Ended {
  readonly output: string
  readonly pid: number | undefined
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** True when it had to be ended by us. */
  readonly hung: boolean
}

/** What to look at, and what to do to it; `inject` in strace's own words, such as `write:error=EIO:when=2`. */
export interface Tracing {
  readonly log: string
  readonly syscall?: string
  readonly path?: string | undefined
  readonly inject?: string
}

/** In a path: the process id of the program. */
const ownPid = '<pid>'

/** How long a program may take that does its work in less than a second. */
const patienceMs = 60_000

/** Runs a program to its end, or ends it with all its children when it hangs. */
export async function runToEnd(command: readonly string[]): Promise<Ended> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk)
    })
  }
  let hung = false
  const impatience = setTimeout(() => {
    hung = true
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }, patienceMs)
  await once(child, 'close')
  clearTimeout(impatience)
  return { output, pid: child.pid, code: child.exitCode, signal: child.signalCode, hung }
}

/** Runs a program under strace; all its calls, or those of one name and path, stand in the log. */
export function runTraced(command: readonly string[], { log, syscall, path, inject }: Tracing): Promise<Ended> {
  const filter = [
    ...(syscall === undefined ? [] : ['-e', `trace=${syscall}`]),
    // Stops at these calls only, which is faster; but no signal comes through.
    ...(inject?.includes('error=') === true ? ['--seccomp-bpf'] : []),
    ...(path === undefined ? [] : ['-P', path]),
    ...(inject === undefined ? [] : ['-e', `inject=${inject}`]),
  ]
  // With -D the program keeps the process id of the shell, so that paths with it are known before it starts.
  const words = ['strace', '-D', '-f', '-y', '-s', '0', '-o', log, ...filter, ...command]
  return runToEnd(['sh', '-c', `exec ${words.map(quoted).join(' ')}`])
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`).replaceAll(ownPid, () => `'$$'`)}'`
}

/** Reads what strace wrote of the process, in the order in which the calls began. */
export function callsIn(log: string, pid: number | undefined): readonly Call[] {
  const lines = readFileSync(log, 'utf8').split('\n')
  const calls: { -readonly [K in keyof Call]: Call[K] }[] = []
  const unfinished = new Map<string, (typeof calls)[number]>()
  for (const line of lines) {
    const [, tid = '', resumed, syscall = '', rest = ''] = /^(\d+) +(<\.\.\. )?(\w+)[( ](.*)$/.exec(line) ?? []
    if (syscall === '') continue
    if (resumed !== undefined) {
      const begun = unfinished.get(tid)
      if (begun !== undefined) begun.end = endOf(rest)
      continue
    }
    const thread = tid === String(pid) ? 'main' : 'pool'
    const paths = pathsIn(rest).map((path) => path.replace(new RegExp(`([-.])${pid}\\b`), `$1${ownPid}`))
    const call: (typeof calls)[number] = { syscall, thread, paths, end: endOf(rest) }
    calls.push(call)
    if (rest.includes('<unfinished ...>')) unfinished.set(tid, call)
  }
  return calls
}

function endOf(rest: string): Call['end'] {
  if (rest.endsWith('(INJECTED)')) return 'injected'
  return /= \?$|<unfinished \.\.\.>$/.test(rest) ? 'none' : 'returned'
}

function pathsIn(rest: string): readonly string[] {
  const args = rest.replace(/\)\s+= .*$/, '')
  return [...args.matchAll(/"(\/[^"]*)"|\b\d+<(\/[^>]*)>/g)].map(([, named, open]) => named ?? open ?? '')
}
