import { type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The root of this repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** One gate. Its `run` throws {@link Red} when something is wrong with the tree. */
export type Step = { readonly name: string; readonly run: () => void }

/** A gate that is red; what was wrong has been printed or stands in the message. */
export class Red extends Error {}

/** Runs a program with its output on the terminal. @throws Red when it does not exit 0 */
export const sh = (program: string, args: readonly string[], options: SpawnSyncOptions = {}): void => {
  const { status, signal, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options })
  if (error !== undefined) throw new Red(`${program} could not be started: ${error.message}`)
  if (status !== 0) throw new Red(`${[program, ...args].join(' ')} ended with ${status ?? signal}`)
}

/** What a program prints on stdout. @throws Red when it does not exit 0; then both streams are shown */
export const read = (program: string, args: readonly string[], options: SpawnSyncOptions = {}): string => {
  const { status, signal, error, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    maxBuffer: 1 << 27,
    ...options,
    encoding: 'utf8',
  })
  if (error !== undefined) throw new Red(`${program} could not be started: ${error.message}`)
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`)
    throw new Red(`${[program, ...args].join(' ')} ended with ${status ?? signal}`)
  }
  return stdout
}
