import { spawnSync } from 'node:child_process'
import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A login shell that is served, and how it runs a script. */
export interface Shell {
  readonly name: string
  readonly argv: readonly string[]
}

/** Every shell that the contract serves; ash is BusyBox's. */
export const servedShells: readonly Shell[] = [
  { name: 'sh', argv: ['sh'] },
  { name: 'dash', argv: ['dash'] },
  { name: 'bash', argv: ['bash'] },
  { name: 'zsh', argv: ['zsh'] },
  { name: 'ksh', argv: ['ksh'] },
  { name: 'mksh', argv: ['mksh'] },
  { name: 'fish', argv: ['fish'] },
  { name: 'BusyBox sh', argv: ['busybox', 'sh'] },
]

export function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

export interface ScriptResult {
  readonly stdout: string
  readonly stderr: string
  readonly status: number
  /** Whatever lies in the working folder afterwards: a canary, if anything. */
  readonly left: readonly string[]
}

/**
 * Runs lines one after the other in a shell with `-c`, as sshd does, in an empty folder that is also home.
 *
 * Few processes per batch; a line that escaped its quotes would show in the output of all that follow, or in the folder.
 */
export function runLines(shell: Shell, lines: readonly string[], locale = 'C.UTF-8'): ScriptResult {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'sshmcp-quoting-')))
  try {
    const folder = join(base, 'work')
    mkdirSync(folder)
    const [program = 'sh', ...args] = shell.argv
    const env = { PATH: process.env.PATH, HOME: folder, LC_ALL: locale, XDG_CONFIG_HOME: base, XDG_DATA_HOME: base }
    const results = batches(lines).map((batch) => {
      const result = spawnSync(program, [...args, '-c', batch], {
        cwd: folder,
        env,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      })
      if (result.error) throw result.error
      return result
    })
    return {
      stdout: results.map(({ stdout }) => stdout).join(''),
      stderr: results.map(({ stderr }) => stderr).join(''),
      status: results.every(({ status }) => status === 0) ? 0 : 1,
      left: readdirSync(folder),
    }
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

/** Linux takes at most 128 KiB for one argument. */
function batches(lines: readonly string[]): readonly string[] {
  const texts: string[] = []
  for (const line of lines) {
    const joined = `${texts.at(-1) ?? ''}${line}\n`
    if (texts.length > 0 && Buffer.byteLength(joined) <= 120_000) texts[texts.length - 1] = joined
    else texts.push(`${line}\n`)
  }
  return texts
}
