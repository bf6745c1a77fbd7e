import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { kernelErrors } from '@sshmcp/kernel'

/** A client configuration with its includes put in, and what could not be. */
export interface SshConfigText {
  readonly text: string
  /** One sentence each, with file and line. */
  readonly remarks: readonly string[]
}

/** OpenSSH's own limit. */
const mostIncludes = 16

/** Reads `~/.ssh/config` (or another file of its form) and whatever it includes. @throws CONFIG_INVALID */
export function readSshConfig(path: string, homeDir: string): SshConfigText {
  const remarks: string[] = []
  const read = (file: string, depth: number): readonly string[] => {
    let isConditional = false
    return linesOf(file, depth).flatMap((line, index) => {
      const [, keyword = '', rest = ''] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*)$/.exec(line) ?? []
      if (/^(?:host|match)$/i.test(keyword)) isConditional = !(/^host$/i.test(keyword) && rest.trim() === '*')
      if (!/^include$/i.test(keyword)) return [line]
      const place = `${file} line ${index + 1}`
      if (isConditional) {
        remarks.push(`${place}: Include inside a Host or Match block is left out; move it above the first Host.`)
        return []
      }
      if (depth >= mostIncludes) {
        remarks.push(`${place}: files include each other ${mostIncludes} deep; the rest is left out.`)
        return []
      }
      // What follows an Include belongs to everybody again, whatever blocks the included file ended with.
      return [
        ...rest.split(/\s+/).flatMap((name) => matching(name, homeDir).flatMap((found) => read(found, depth + 1))),
        'Host *',
      ]
    })
  }
  return { text: `${read(path, 0).join('\n')}\n`, remarks }
}

function linesOf(file: string, depth: number): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)
  } catch (cause) {
    // As in OpenSSH: an included file that cannot be read is none.
    if (depth > 0) return []
    throw kernelErrors.error('CONFIG_INVALID', {
      message: `${file} cannot be read.`,
      next: 'Name another file with --from, or add hosts one by one with `sshmcp hosts add USER@HOST`.',
      cause,
    })
  }
}

/** The files that a name with `*` and `?` in its last part stands for, in order. */
function matching(name: string, homeDir: string): readonly string[] {
  const plain = name.replace(/^"(.*)"$/, '$1').replace(/^~(?=\/)/, homeDir)
  if (plain === '') return []
  const path = isAbsolute(plain) ? plain : join(homeDir, '.ssh', plain)
  if (!/[*?]/.test(basename(path))) return [path]
  const source = basename(path)
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '[^]*')
    .replace(/\?/g, '[^]')
  const pattern = new RegExp(`^${source}$`)
  try {
    return readdirSync(dirname(path))
      .filter((entry) => pattern.test(entry) && !entry.startsWith('.'))
      .sort()
      .map((entry) => join(dirname(path), entry))
  } catch {
    // A folder that is not there holds nothing to include.
    return []
  }
}
