import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Call, callsIn, type Ended, runToEnd, runTraced } from './strace.ts'

const program = fileURLToPath(new URL('./programs/guarded.ts', import.meta.url))
const predictable = new URL('./programs/predictable-calls.ts', import.meta.url).href

/** What the program finds when it starts. */
export const scenarios = ['no journal', 'a journal', 'a journal after a crash', 'a full segment and an anchor'] as const
export type Scenario = (typeof scenarios)[number]

/** In which thread an entry alone is flushed: both are struck. */
const flushes = {
  'no journal': 'apart',
  'a journal': 'in-place',
  'a journal after a crash': 'in-place',
  'a full segment and an anchor': 'apart',
} as const satisfies Record<Scenario, string>

export const faults = ['signal=KILL', 'error=EIO', 'error=ENOSPC'] as const
export type Fault = (typeof faults)[number]

/** One system call of a run, so that it can be found again in the next. */
export interface Target {
  /** Thread, call and paths, and which of those that are alike in all this it is, from 1. */
  readonly name: string
  readonly syscall: string
  readonly path: string
  /** Which of the calls with this path, among those of the same syscall in its thread, from 1: so counts strace. */
  readonly nth: number
}

/** A run that was struck. */
export interface StruckRun extends Ended {
  /** Names of all the calls that were struck, by strace's account. */
  readonly struck: readonly string[]
}

/** A folder in which the program runs again and again, each time from the same beginning. */
export class Stage {
  readonly #root = mkdtempSync(join(tmpdir(), 'sshmcp-strikes-'))
  readonly #log = join(this.#root, 'strace.log')
  readonly home = join(this.#root, 'home')
  readonly dir = join(this.home, 'audit_logs')
  readonly anchor = join(this.home, 'anchor')
  readonly canary = join(this.home, 'canary')
  #segmentBytes = 0

  /** The system calls that an undisturbed run makes on the journal's files, and on the canary. */
  async record(scenario: Scenario): Promise<readonly Call[]> {
    await this.set(scenario)
    const ended = await runTraced(this.#command(scenario), { log: this.#log })
    if (!isUndisturbed(ended)) throw new Error(`the recording went wrong: ${ended.output}`)
    return callsIn(this.#log, ended.pid)
  }

  /** Runs the program anew with this one call struck. */
  async strike(scenario: Scenario, { syscall, path, nth }: Target, fault: Fault): Promise<StruckRun> {
    await this.set(scenario)
    const inject = `${syscall}:${fault}:when=${nth}`
    const ended = await runTraced(this.#command(scenario), { log: this.#log, syscall, path, inject })
    const end = fault === 'signal=KILL' ? 'none' : 'injected'
    const struck = this.#named(callsIn(this.#log, ended.pid)).filter(({ call }) => call.end === end)
    return { ...ended, struck: struck.map(({ name }) => name) }
  }

  /** Runs the program undisturbed on what is there. */
  live(scenario: Scenario): Promise<Ended> {
    return runToEnd(this.#command(scenario))
  }

  /** Each call on the journal's files. */
  targets(calls: readonly Call[]): readonly Target[] {
    return this.#named(calls).map(({ name, call }) => {
      const { syscall, thread } = call
      const path = call.paths.find((path) => this.#isOurs(path)) ?? ''
      const alike = calls.filter((other) => other.syscall === syscall && other.thread === thread)
      const nth = alike.filter(({ paths }) => paths.includes(path)).indexOf(call) + 1
      return { name, syscall, path, nth }
    })
  }

  #named(calls: readonly Call[]): readonly { readonly name: string; readonly call: Call }[] {
    const counts = new Map<string, number>()
    const ours = calls.filter(({ syscall, paths }) => syscall !== 'execve' && paths.some((path) => this.#isOurs(path)))
    return ours.map((call) => {
      const paths = call.paths.map((path) => path.replace(`${this.home}/`, ''))
      const kind = `${call.thread} ${call.syscall} ${paths.join(' -> ')}`
      const nth = (counts.get(kind) ?? 0) + 1
      counts.set(kind, nth)
      return { name: `${kind} #${nth}`, call }
    })
  }

  #isOurs(path: string): boolean {
    return path.startsWith(`${this.home}/`) && path !== this.canary
  }

  #command(scenario: Scenario): readonly string[] {
    const full = scenario === 'a full segment and an anchor' ? [String(this.#segmentBytes), this.anchor] : []
    const files = [this.dir, join(this.home, 'keys', 'audit.key'), this.canary]
    // One thread for calls that wait: strace counts the calls of each thread on its own.
    const threads = ['UV_THREADPOOL_SIZE=1', `FLUSHES=${flushes[scenario]}`]
    const env = ['env', ...threads, `NODE_COMPILE_CACHE=${join(this.#root, 'compiled')}`]
    return [...env, process.execPath, '--conditions=source', '--import', predictable, program, ...files, ...full]
  }

  /** Puts everything back to where the scenario begins. */
  async set(scenario: Scenario): Promise<void> {
    const template = join(this.#root, scenario)
    if (scenario !== 'no journal' && !readdirSync(this.#root).includes(scenario)) await this.#make(scenario, template)
    this.#clear()
    if (scenario !== 'no journal') copy(template, this.home)
  }

  #clear(): void {
    rmSync(this.home, { recursive: true, force: true })
    mkdirSync(this.home)
  }

  async #make(scenario: Scenario, template: string): Promise<void> {
    this.#clear()
    const ended = await this.live('no journal')
    if (!isUndisturbed(ended)) throw new Error(`the first run went wrong: ${ended.output}`)
    const segment = join(this.dir, '000000000000.jsonl')
    // The next run begins with an entry that fills the segment; the one that follows then is not full again.
    this.#segmentBytes = statSync(segment).size + 100
    if (scenario === 'a full segment and an anchor') mkdirSync(this.anchor)
    if (scenario === 'a journal after a crash') await this.#crash(segment)
    copy(this.home, template)
  }

  /** Leaves an intent without an outcome, half a line, a private lock file of a process that is gone, a mode to correct. */
  async #crash(segment: string): Promise<void> {
    const inject = 'write:signal=KILL:when=3'
    await runTraced(this.#command('a journal'), { log: this.#log, syscall: 'write', path: segment, inject })
    appendFileSync(segment, '{"_prev":"00')
    writeFileSync(join(this.dir, 'lockd', 't.gone'), 'H-gone', { mode: 0o600 })
    chmodSync(join(this.dir, 'lockd'), 0o755)
  }

  [Symbol.dispose](): void {
    rmSync(this.#root, { recursive: true, force: true })
  }
}

/** With all modes as they are. */
function copy(from: string, to: string): void {
  execFileSync('cp', ['-a', `${from}/.`, to])
}

/** True when a run did and recorded everything. */
export function isUndisturbed({ output, code }: Ended): boolean {
  return code === 0 && /^first-\d+ done\nsecond-\d+ done\n(anchored\n)?$/.test(output)
}
