import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  type Stats,
  statfsSync,
} from 'node:fs'
import { unlessMissing } from './errno.ts'
import { storeErrors } from './errors.ts'

/** File systems of other machines, by the number statfs(2) gives them: NFS, SMB, SMB2, CIFS, 9p, AFS, Ceph. */
const networkFileSystems: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x01021997, 0x5346414f, 0x00c36400,
])

/**
 * Makes a folder of ours, 0700, or takes an existing one.
 *
 * @throws STORE_PATH_UNSAFE when it is a link, no folder, somebody else's, or writable for others
 */
export function safeFolder(path: string): void {
  if (unlessMissing(() => lstatSync(path)) === undefined) mkdirSync(path, { recursive: true, mode: 0o700 })
  const found = lstatSync(path)
  if (!found.isDirectory()) throw unsafe(path, found.isSymbolicLink() ? 'is a symbolic link' : 'is not a folder')
  mustBeOurs(path, found)
  if ((found.mode & 0o077) !== 0) chmodSync(path, 0o700)
}

/** @throws STORE_NETWORK_FOLDER */
export function localFolder(path: string): void {
  if (!networkFileSystems.has(statfsSync(path).type)) return
  throw storeErrors.error('STORE_NETWORK_FOLDER', { message: `${path} lies on a network file system.` })
}

/**
 * Opens a file of ours without following a link.
 *
 * @returns undefined when it is not there and `flags` do not create it
 * @throws STORE_PATH_UNSAFE when it is a link, no plain file, has a second name, or others own it or can write it
 */
export function openSafely(path: string, flags: number): number | undefined {
  const fd = unlessMissing(() => openNoFollow(path, flags))
  if (fd === undefined) return undefined
  try {
    const found = fstatSync(fd)
    if (!found.isFile()) throw unsafe(path, 'is not a plain file')
    if (found.nlink > 1) throw unsafe(path, 'has a second name (hard link)')
    mustBeOurs(path, found)
    return fd
  } catch (error) {
    closeSync(fd)
    throw error
  }
}

function openNoFollow(path: string, flags: number): number {
  try {
    return openSync(path, flags | (constants.O_NOFOLLOW ?? 0), 0o600)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOOP') throw unsafe(path, 'is a symbolic link')
    throw error
  }
}

function mustBeOurs(path: string, found: Stats): void {
  const uid = process.getuid?.()
  // Windows has no uids; its access lists are not ours to judge.
  if (uid === undefined) return
  if (found.uid !== uid) throw unsafe(path, `belongs to uid ${found.uid}, not to ${uid}`)
  if ((found.mode & 0o022) !== 0)
    throw unsafe(path, `can be written by others (mode ${(found.mode & 0o777).toString(8)})`)
}

function unsafe(path: string, what: string): Error {
  return storeErrors.error('STORE_PATH_UNSAFE', { message: `${path} ${what}.` })
}
