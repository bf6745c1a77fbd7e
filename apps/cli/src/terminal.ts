import { homedir, userInfo } from 'node:os'
import pc from 'picocolors'

/** Everything a command may touch of the process around it, so that a test can be one. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly homeDir: string
  readonly login: string
  /** True when a person can be asked. */
  readonly isInteractive: boolean
  readonly colors: ReturnType<typeof pc.createColors>
  /** Results, on stdout. */
  write(text: string): void
  /** Words for a person, on stderr. */
  complain(text: string): void
}

/** The terminal of this process. `NO_COLOR`, `--no-color` and a pipe turn colours off. */
export function processTerminal(): Terminal {
  const wantsColor = process.stdout.isTTY === true && !process.argv.includes('--no-color') && !process.env.NO_COLOR
  return {
    env: process.env,
    cwd: process.cwd(),
    homeDir: homedir(),
    login: userInfo().username,
    isInteractive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    colors: pc.createColors(wantsColor),
    write: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
  }
}
