import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { kernelErrors, shellWord } from '@sshmcp/kernel'
import type { ConfigText } from '@sshmcp/policy'
import { readText } from '@sshmcp/store-file'
import type { ReadFile } from '../config.ts'

/** Reads configuration files, remembering the digest of each. Refuses what another user could have written. */
export class ConfigFiles {
  readonly read: ReadFile[] = []

  /** @throws CONFIG_INVALID when it is missing, unreadable or writable by others */
  required(path: string, cure: string): ConfigText {
    const file = this.optional(path)
    if (file === undefined) throw invalid(`${path} does not exist.`, cure)
    return file
  }

  /** Undefined when there is no such file. @throws CONFIG_INVALID when it is unreadable or writable by others */
  optional(path: string): ConfigText | undefined {
    if (!isThere(path)) return undefined
    refuseForeignHands(dirname(path))
    refuseForeignHands(path)
    const text = textOf(path)
    this.read.push({ name: path, sha256: createHash('sha256').update(text).digest('hex') })
    return { text, source: path }
  }
}

/** A token from its file: one line, readable by its owner alone. @throws CONFIG_INVALID */
export function readTokenFile(path: string): string {
  return readSecretFile(path, { variable: 'SSH_MCP_AUTH_TOKEN_FILE', what: 'a token' }).trim()
}

/** A secret from its file, readable by its owner alone; without the line's end. @throws CONFIG_INVALID */
export function readSecretFile(path: string, { variable, what }: { readonly variable: string; readonly what: string }) {
  if (!existsSync(path))
    throw invalid(`${path} (${variable}) does not exist.`, 'Correct the path or unset the variable.')
  const { mode, uid } = statSync(path)
  if ((mode & 0o077) !== 0)
    throw invalid(
      `${path} holds ${what} and is open to others (mode ${octal(mode)}).`,
      `Run: chmod 600 ${shellWord(path)}`,
    )
  refuseForeignOwner(path, uid)
  return textOf(path).replace(/\r?\n$/, '')
}

/** The nearest folder above (or at) a path that is a git work tree. */
export function workTreeOf(path: string): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (dirname(folder) === folder) return undefined
  }
}

export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || !(way === '..' || way.startsWith('../'))
}

/** Not every Node takes what lies below a file for missing; and a folder cannot be made there. @throws CONFIG_INVALID */
export function refuseFileAsFolder(path: string): void {
  if (reading(path, () => statSync(path, { throwIfNoEntry: false }))?.isDirectory() !== false) return
  throw invalid(
    `${path} is a file, and the configuration lies in a folder.`,
    'Name a folder, with --config-dir or SSH_MCP_CONFIG_DIR.',
  )
}

/** A file in a folder that may not be entered is not a missing one: without identities.json everybody has every role. */
function isThere(path: string): boolean {
  return reading(path, () => statSync(path, { throwIfNoEntry: false })) !== undefined
}

function textOf(path: string): string {
  return reading(path, () => readText(path))
}

/** @throws CONFIG_INVALID when the disk refuses */
function reading<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'unreadable'
    throw kernelErrors.error('CONFIG_INVALID', {
      message: `${path} cannot be read: ${why}.`,
      next: 'Make it and its folder readable for the account that runs this; `sshmcp doctor` says how.',
      cause,
    })
  }
}

function refuseForeignHands(path: string): void {
  const { mode, uid } = statSync(path)
  refuseForeignOwner(path, uid)
  const isSticky = (mode & 0o1000) !== 0
  if ((mode & 0o022) !== 0 && !isSticky) {
    throw invalid(`${path} can be written by other users (mode ${octal(mode)}).`, `Run: chmod go-w ${shellWord(path)}`)
  }
}

function refuseForeignOwner(path: string, uid: number): void {
  const own = process.getuid?.()
  if (own !== undefined && uid !== own && uid !== 0) {
    throw invalid(
      `${path} belongs to another user (uid ${uid}).`,
      'Take a copy that belongs to the account that runs this server.',
    )
  }
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0')
}

function invalid(message: string, next: string) {
  return kernelErrors.error('CONFIG_INVALID', { message, next })
}
