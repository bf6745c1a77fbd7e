import { randomUUID } from 'node:crypto'
import { closeSync, constants, fsyncSync, linkSync, openSync, readdirSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { type Anchor, type AnchoredNote, auditErrors } from '@sshmcp/audit'
import { rfc3339 } from '@sshmcp/kernel'
import { readText, syncFolder, writeAll } from './durable-file.ts'
import { errnoOf, unlessMissing } from './errno.ts'
import { inPlace } from './unavailable.ts'

/**
 * Checkpoints kept in a second folder, best on another disk or machine: one file per size, never changed.
 *
 * The folder must exist: one that is made where a disk was not mounted would anchor nothing. It need not be ours alone,
 * since each note is signed. Whatever the system refuses is STORE_UNAVAILABLE.
 */
export function openFolderAnchor(dir: string): Anchor {
  return {
    name: dir,
    sizes: async () => inPlace(dir, () => sizesIn(dir)),
    read: async (size) => inPlace(dir, () => readNote(join(dir, fileName(size)))),
    publish: async (size, note) =>
      inPlace(dir, () => {
        if (unlessMissing(() => readText(join(dir, fileName(size)))) !== note) publish(dir, size, note)
      }),
  }
}

function sizesIn(dir: string): readonly number[] {
  return readdirSync(dir)
    .filter((name) => /^[0-9]{15}\.note$/.test(name))
    .map((name) => Number(name.slice(0, 15)))
    .sort((a, b) => a - b)
}

function readNote(path: string): AnchoredNote | undefined {
  return unlessMissing(() => ({ note: readText(path), time: rfc3339(statSync(path).mtimeMs) }))
}

function publish(dir: string, size: number, note: string): void {
  const temporary = join(dir, `${randomUUID()}.new`)
  const fd = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o644)
  try {
    writeAll(fd, Buffer.from(note, 'utf8'))
    fsyncSync(fd)
    linkSync(temporary, join(dir, fileName(size)))
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
    // Two of our processes may copy the same note at once; another one under the same size is another history.
    if (readNote(join(dir, fileName(size)))?.note !== note) throw conflict(dir, size)
  } finally {
    closeSync(fd)
    unlinkSync(temporary)
  }
  syncFolder(dir)
}

function fileName(size: number): string {
  return `${String(size).padStart(15, '0')}.note`
}

function conflict(dir: string, size: number): Error {
  const message = `${dir} already holds another checkpoint over ${size} entries.`
  return auditErrors.error('AUDIT_ANCHOR_CONFLICT', { message })
}
