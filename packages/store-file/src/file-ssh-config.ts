import { readdirSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { readText } from './durable-file.ts'
import { errnoOf, unlessMissing } from './errno.ts'
import { expandHome, shortenHome } from './home-path.ts'

/** A configuration file as text. */
export interface SshConfigText {
  readonly path: string
  readonly text: string
}

/**
 * Reads the files that an `Include` of an OpenSSH configuration names: relative to `~/.ssh`, with `*` and `?` in the last part
 * of the path, sorted by name. Files that are not there are none.
 *
 * @throws the system's error for a file that is there and cannot be read
 */
export function readSshConfigFiles(pattern: string, home: string): readonly SshConfigText[] {
  const expanded = expandHome(pattern, home)
  const path = isAbsolute(expanded) ? expanded : join(home, '.ssh', expanded)
  const names = /[*?]/.test(basename(path)) ? namesIn(dirname(path), basename(path)) : [basename(path)]
  return names.flatMap((name) => {
    const file = join(dirname(path), name)
    const text = unlessMissing(() => readText(file))
    return text === undefined ? [] : [{ path: shortenHome(file, home), text }]
  })
}

function namesIn(folder: string, pattern: string): readonly string[] {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const expression = new RegExp(`^${source}$`)
  try {
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.isDirectory())
    // As glob(3): a name that begins with a dot has to be asked for with one.
    const isHidden = (name: string) => name.startsWith('.') && !pattern.startsWith('.')
    return files
      .map(({ name }) => name)
      .filter((name) => expression.test(name) && !isHidden(name))
      .sort()
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return []
    throw error
  }
}
