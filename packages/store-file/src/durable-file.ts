import { closeSync, constants, fsyncSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { unlessMissing } from './errno.ts'
import { openSafely } from './safe-path.ts'

/** Replaces a file as a whole: whoever reads it, whenever, and after any crash, finds the old or the new text. */
export function replaceDurably(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.new`
  unlessMissing(() => unlinkSync(temporary))
  const fd = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
  try {
    writeAll(fd, Buffer.from(text, 'utf8'))
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  renameSync(temporary, path)
  syncFolder(dirname(path))
}

/** The text of a file of ours; undefined when there is none. @throws STORE_PATH_UNSAFE */
export function readSafely(path: string): string | undefined {
  const fd = openSafely(path, constants.O_RDONLY)
  if (fd === undefined) return undefined
  try {
    return readFileSync(fd, 'utf8')
  } finally {
    closeSync(fd)
  }
}

/** The text of any file. Not read by its path: Node ends the whole process when such a file cannot be closed again. */
export function readText(path: string): string {
  const fd = openSync(path, constants.O_RDONLY)
  try {
    try {
      return readFileSync(fd, 'utf8')
    } finally {
      closeSync(fd)
    }
  } catch (error) {
    throw naming(path, error)
  }
}

/** Of a file that is open Node says what failed, and not of which. */
function naming(path: string, error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error)) return error
  error.message += ` '${path}'`
  return Object.assign(error, { path })
}

/** Makes the names in a folder durable. */
export function syncFolder(path: string): void {
  // Windows cannot open a folder; its file systems journal names themselves.
  if (process.platform === 'win32') return
  const fd = openSync(path, constants.O_RDONLY)
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Writes all bytes at the file's own position, however often the system takes only some. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written, bytes.length - written)
}
