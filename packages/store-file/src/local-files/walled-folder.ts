import { constants, type Stats } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { localFileErrors } from '@sshmcp/transport'
import { errnoOf } from '../errno.ts'
import { forbidden } from './local-path.ts'

const { O_CREAT, O_EXCL, O_RDONLY, O_RDWR } = constants
/** Undefined on Windows, where links are looked for by name alone. */
const noFollow = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/**
 * Walks from the folder to the folder that holds the last name. Every folder on the way has to be a real one of ours; those
 * that are missing are made when asked to.
 *
 * @returns undefined when one is missing and is not to be made
 * @throws LOCAL_PATH_FORBIDDEN
 */
export async function walk(folder: string, names: readonly string[], makes: boolean): Promise<string | undefined> {
  let here = folder
  for (const name of [undefined, ...names.slice(0, -1)]) {
    if (name !== undefined) here = join(here, name)
    const found = await lookAt(here, makes)
    if (found === undefined) return undefined
    if (!found.isDirectory()) throw forbidden(here, 'leads through a link or a file')
    mustBeOurs(here, found)
  }
  return here
}

async function lookAt(path: string, makes: boolean): Promise<Stats | undefined> {
  if (makes) {
    await mkdir(path, { mode: 0o700, recursive: false }).catch((error: unknown) => {
      if (errnoOf(error) !== 'EEXIST') throw error
    })
  }
  return unlessMissing(lstat(path))
}

/**
 * Opens a plain file of ours and proves that what was opened is what stands under the name, reached without a link: a name
 * that is swapped between looking and opening is refused.
 *
 * @returns undefined when it is not there
 * @throws LOCAL_PATH_FORBIDDEN
 */
export async function openPlain(path: string): Promise<FileHandle | undefined> {
  const handle = await openNoFollow(path, O_RDONLY)
  if (handle === undefined) return undefined
  try {
    await mustBePlain(path, handle)
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Makes a new file that only we can read, and proves that it is where it should be. */
export async function createPlain(path: string): Promise<FileHandle> {
  const handle = await open(path, O_RDWR | O_CREAT | O_EXCL | noFollow, 0o600)
  try {
    await mustBePlain(path, handle)
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Refuses to replace what is not a plain file of ours. @returns whether there is something */
export async function mayBeReplaced(path: string): Promise<boolean> {
  const found = await unlessMissing(lstat(path))
  if (found === undefined) return false
  if (!found.isFile()) throw forbidden(path, 'is a link, a folder or something else that is no plain file')
  mustBeOurs(path, found)
  return true
}

async function openNoFollow(path: string, flags: number): Promise<FileHandle | undefined> {
  try {
    const found = await lstat(path)
    if (!found.isFile()) throw forbidden(path, 'is a link, a folder or something else that is no plain file')
    return await open(path, flags | noFollow)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT') return undefined
    if (errno === 'ELOOP' || errno === 'ENXIO') throw forbidden(path, 'is a link or no plain file')
    throw error
  }
}

async function mustBePlain(path: string, handle: FileHandle): Promise<void> {
  const opened = await handle.stat()
  if (!opened.isFile()) throw forbidden(path, 'is no plain file')
  if (opened.nlink !== 1) throw forbidden(path, 'has a second name (hard link)')
  mustBeOurs(path, opened)
  const [named, real] = [await unlessMissing(lstat(path)), await unlessMissing(realpath(path))]
  const isSame = named !== undefined && named.ino === opened.ino && named.dev === opened.dev
  if (!isSame || real !== path) throw forbidden(path, 'was moved or linked while it was opened')
}

function mustBeOurs(path: string, found: Stats): void {
  const uid = process.getuid?.()
  // Windows has no uids; its access lists are not ours to judge.
  if (uid === undefined) return
  if (found.uid !== uid) throw forbidden(path, 'belongs to somebody else')
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    if (errnoOf(error) === 'ENOTDIR') return undefined
    throw error
  }
}

/** A failure of this machine's own, in a code. What has one already keeps it. */
export function localFailure(error: unknown, what: string): unknown {
  const errno = errnoOf(error)
  if (errno === undefined || !/^E[A-Z0-9]+$/.test(errno)) return error
  const isFull = errno === 'ENOSPC' || errno === 'EDQUOT' || errno === 'EFBIG'
  return isFull
    ? localFileErrors.error('LOCAL_NO_SPACE', {
        message: `${what}: no space is left on this machine (${errno}).`,
        cause: error,
      })
    : localFileErrors.error('LOCAL_FAILED', { message: `${what} failed on this machine (${errno}).`, cause: error })
}
