import { randomUUID } from 'node:crypto'
import { closeSync, fstatSync, linkSync, openSync, readdirSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { readText, writeAll } from './durable-file.ts'
import { errnoOf, unlessMissing } from './errno.ts'
import type { LockFile, LockFolder } from './generation-lock.ts'
import { isGone } from './process-identity.ts'
import { safeFolder } from './safe-path.ts'

/** A `LockFolder` on the disk. Nothing in it needs a flush: it means something to living processes only. */
export function openLockFolder(path: string): LockFolder {
  safeFolder(path)
  for (const name of readdirSync(path)) {
    if (!name.startsWith('t.')) continue
    const content = unlessMissing(() => readText(join(path, name)))
    if (content !== undefined && content !== '' && isGone(content.slice(2)))
      unlessMissing(() => unlinkSync(join(path, name)))
  }
  return {
    list: () => readdirSync(path),
    create: (content) => createFile(path, content),
    read: (name) => unlessMissing(() => readText(join(path, name))),
    want: (name, byte) => {
      const fd = unlessMissing(() => openSync(join(path, name), 'r+'))
      if (fd === undefined) return
      try {
        writeSync(fd, byte, 1)
      } finally {
        closeSync(fd)
      }
    },
    remove: (name) => unlessMissing(() => unlinkSync(join(path, name))),
  }
}

function createFile(folder: string, content: string): LockFile {
  const own = join(folder, `t.${randomUUID()}`)
  const fd = openSync(own, 'wx+', 0o600)
  try {
    writeAll(fd, Buffer.from(content, 'utf8'))
  } catch (error) {
    closeSync(fd)
    unlinkSync(own)
    throw error
  }
  return {
    link: (name) => linkIfFree(own, join(folder, name)),
    unlinkPrivate: () => unlinkSync(own),
    isForgotten: () => fstatSync(fd).nlink === 0,
    mark: (byte) => {
      writeSync(fd, byte, 0)
    },
    wanted: () => {
      const byte = Buffer.alloc(1)
      readSync(fd, byte, 0, 1, 1)
      return byte.toString('latin1')
    },
    close: () => closeSync(fd),
  }
}

function linkIfFree(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    throw error
  }
}
