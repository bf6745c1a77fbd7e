import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  createReadStream,
  fchmodSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Segment } from '@sshmcp/audit'
import { errnoOf, unlessMissing } from './errno.ts'
import { openSafely } from './safe-path.ts'

/** Path of a segment. */
export function segmentPath(dir: string, name: string): string {
  return join(dir, `${name}.jsonl`)
}

/** Name of the segment whose first entry has this position. */
export function segmentName(seq: number): string {
  return String(seq).padStart(12, '0')
}

/** All segments in a folder, oldest first; none when there is no folder. */
export function listSegments(dir: string): readonly Segment[] {
  const names = unlessMissing(() => readdirSync(dir)) ?? []
  const segments: Segment[] = []
  for (const file of names.filter((name) => /^[0-9]{12}\.jsonl$/.test(name)).sort()) {
    const stat = unlessMissing(() => statSync(join(dir, file)))
    if (stat !== undefined) segments.push({ name: file.slice(0, 12), bytes: stat.size })
  }
  return segments
}

/** An open segment. */
export interface SegmentFile {
  readonly name: string
  readonly fd: number
  readonly path: string
}

/** Opens a segment for reading and appending. @throws STORE_PATH_UNSAFE */
export function openSegment(dir: string, name: string, mode: 'existing' | 'new'): SegmentFile | undefined {
  const path = segmentPath(dir, name)
  const create = mode === 'new' ? constants.O_CREAT | constants.O_EXCL : 0
  const fd = openToAppend(path, create)
  return fd === undefined ? undefined : { name, fd, path }
}

/** A sealed segment can be read only; nothing is ever added to it. */
function openToAppend(path: string, create: number): number | undefined {
  try {
    return openSafely(path, constants.O_RDWR | constants.O_APPEND | create)
  } catch (error) {
    if (errnoOf(error) === 'EACCES') return openSafely(path, constants.O_RDONLY)
    throw error
  }
}

/** True when the path still leads to the open file. */
export function isStillThere(file: SegmentFile): boolean {
  const now = unlessMissing(() => statSync(file.path))
  const open = fstatSync(file.fd)
  return now !== undefined && now.ino === open.ino && now.dev === open.dev
}

/** Takes the right to write from a segment that is complete. */
export function seal(file: SegmentFile): void {
  fchmodSync(file.fd, 0o400)
}

/** At most `length` bytes from `offset`. */
export function readAt(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const got = readSync(fd, bytes, filled, length - filled, offset + filled)
    if (got === 0) break
    filled += got
  }
  return bytes.subarray(0, filled)
}

/** At most `length` bytes of a segment that is opened for this only; none when it is not there. */
export function readSegment(dir: string, name: string, offset: number, length: number): Buffer {
  const fd = openSafely(segmentPath(dir, name), constants.O_RDONLY)
  if (fd === undefined) return Buffer.alloc(0)
  try {
    const { size } = fstatSync(fd)
    return readAt(fd, offset, Math.max(0, Math.min(length, size - offset)))
  } finally {
    closeSync(fd)
  }
}

/** SHA-256 of a file's content, in constant memory. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  // Opened in this thread: calls of the other one cannot be struck apart (docs/decisions/092).
  const fd = openSync(path, constants.O_RDONLY)
  try {
    for await (const chunk of createReadStream(path, { fd, autoClose: false })) hash.update(chunk)
  } finally {
    closeSync(fd)
  }
  return hash.digest('hex')
}
