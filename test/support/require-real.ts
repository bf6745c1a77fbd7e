import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where the real programs lie that are seldom on an ordinary user's PATH. */
const systemFolders = ['/usr/sbin', '/usr/local/sbin', '/sbin', '/usr/bin', '/bin']

const onPath = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')

/** The absolute path of a program, or undefined. sshd insists on an absolute one. */
export function programPath(name: string, folders: readonly string[] = onPath): string | undefined {
  return [...folders, ...systemFolders].map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Says whether a suite that needs real programs can run. When one is missing: with `TEST_REQUIRE_REAL=1` that is a failure,
 * without it one visible line, and the suite is skipped.
 *
 * @example
 * describe.skipIf(!requireReal('sshd', 'ssh-keygen'))('on a real sshd', () => { … })
 */
export function requireReal(...programs: readonly string[]): boolean {
  const missing = programs.filter((name) => programPath(name) === undefined)
  return requireThat(missing.length === 0, `${missing.join(', ')} not installed`)
}

/** The same for anything else that a suite needs, such as being root: `requireThat(isRoot(), 'needs root')`. */
export function requireThat(isThere: boolean, otherwise: string): boolean {
  if (isThere) return true
  if (process.env.TEST_REQUIRE_REAL === '1') throw new Error(`TEST_REQUIRE_REAL=1, but ${otherwise}`)
  process.stderr.write(`SKIPPED: ${otherwise}\n`)
  return false
}
