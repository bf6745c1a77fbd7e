import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder whose flushes cost nothing: what is tried here is processes that die, not machines. */
export function aRoot(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'approvals-'))
}

/** The system calls that a life makes on its files, and how often at least: request, claim, decision, used, the key. */
export const steps = [
  { syscalls: 'mkdir', atLeast: 3 },
  { syscalls: 'link,linkat', atLeast: 5 },
  { syscalls: 'unlink', atLeast: 5 },
  { syscalls: 'fsync', atLeast: 14 },
] as const

/** What came of a life that was stopped at one call, and of the undisturbed one after it. */
export interface StoppedLife {
  /** False when there were fewer calls than that, so that nothing was stopped. */
  readonly wasStopped: boolean
  readonly ranInFirst: number
  readonly second: string
  /** Ids of the requests that ran, in both lives. */
  readonly ran: readonly string[]
  /** Of these, the ones without a mark of use. */
  readonly unmarked: readonly string[]
}

/** Lives once with a fault (`signal=KILL`, `error=EIO`) at the nth call, then once more without. */
export function stopLifeAt(syscalls: string, fault: string, nth: number): StoppedLife {
  const root = aRoot()
  try {
    const first = live(root, ['-e', `trace=${syscalls}`, '-e', `inject=${syscalls}:${fault}:when=${nth}`])
    const ranInFirst = executions(root).length
    const second = live(root, []).stdout
    const ran = executions(root)
    const unmarked = ran.filter((id) => !readdirSync(join(root, 'approval_data', id)).includes('used'))
    return { wasStopped: first.status !== 0, ranInFirst, second, ran, unmarked }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function live(root: string, inject: readonly string[]) {
  const life = [process.execPath, '--conditions=source', join(import.meta.dirname, 'live-approval.ts'), root]
  const traced = ['strace', '-f', '-o', '/dev/null', ...inject, ...life]
  const [program = '', ...args] = inject.length === 0 ? life : traced
  return spawnSync(program, args, { encoding: 'utf8' })
}

function executions(root: string): readonly string[] {
  const path = join(root, 'executed')
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
}
