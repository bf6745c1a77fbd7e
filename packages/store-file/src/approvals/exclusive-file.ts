import { isUtf8 } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { closeSync, constants, fstatSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { syncFolder, writeAll } from '../durable-file.ts'
import { errnoOf, unlessMissing } from '../errno.ts'

/** Nothing of ours comes near it; whatever is longer was not written here. */
const longestFile = 1_048_576

/**
 * Creates a file with its whole content, or finds that it is there. link(2) has one winner among all processes, and
 * the name appears only once the content is on the disk: a crash leaves the file whole or not at all (and at worst a
 * file whose name begins with a dot).
 *
 * @returns whether this call created it; then name and content are durable
 */
export function createExclusively(path: string, text: string): boolean {
  const folder = dirname(path)
  const temporary = join(folder, `.${randomUUID()}.new`)
  writeDurably(temporary, text)
  try {
    linkSync(temporary, path)
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    throw error
  } finally {
    unlessMissing(() => unlinkSync(temporary))
  }
  syncFolder(folder)
  return true
}

/**
 * The text of a file of ours. Undefined when it is not there; "" when it is there and is not what we write: a link, a
 * folder, a pipe, too long, not UTF-8, somebody else's or writable for others. It may have a second name: a crash
 * between link and unlink leaves one.
 */
export function readOwnText(path: string): string | undefined {
  const fd = openOwn(path)
  if (typeof fd !== 'number') return fd
  try {
    const found = fstatSync(fd)
    if (!found.isFile() || found.size > longestFile) return ''
    // Windows has no uids and no such modes.
    const isOurs = process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o022) === 0)
    const bytes = isOurs ? readFileSync(fd) : undefined
    return bytes !== undefined && isUtf8(bytes) ? bytes.toString('utf8') : ''
  } finally {
    closeSync(fd)
  }
}

const notOurs: ReadonlySet<string | undefined> = new Set(['ELOOP', 'EACCES', 'EISDIR', 'ENXIO', 'EMLINK', 'ENOTDIR'])

function openOwn(path: string): number | '' | undefined {
  try {
    // A pipe would block without O_NONBLOCK until somebody writes.
    return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT') return undefined
    if (notOurs.has(errno)) return ''
    throw error
  }
}

function writeDurably(path: string, text: string): void {
  const fd = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
  try {
    writeAll(fd, Buffer.from(text, 'utf8'))
    fsyncSync(fd)
  } catch (error) {
    unlessMissing(() => unlinkSync(path))
    throw error
  } finally {
    closeSync(fd)
  }
}
