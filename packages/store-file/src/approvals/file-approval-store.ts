import { lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type ApprovalStore, approvalErrors, isPartName, isRecordName } from '@sshmcp/approvals'
import { isSshMcpError } from '@sshmcp/kernel'
import { syncFolder } from '../durable-file.ts'
import { errnoOf, unlessMissing } from '../errno.ts'
import { localFolder, safeFolder } from '../safe-path.ts'
import { createExclusively, readOwnText } from './exclusive-file.ts'

/** Where approvals lie on the disk. */
export interface FileApprovalStoreDeps {
  /** Made 0700 when it is not there. Never the folder of the key. */
  readonly dir: string
}

/**
 * Approvals as files: `<dir>/<record>/<part>`, folders 0700, files 0600, each made once by link(2) and never changed.
 * Any number of processes may share the folder; nobody locks, so nobody can hang. Links are not followed.
 *
 * @throws STORE_PATH_UNSAFE, STORE_NETWORK_FOLDER
 */
export function openFileApprovalStore({ dir }: FileApprovalStoreDeps): ApprovalStore {
  safeFolder(dir)
  localFolder(dir)
  return {
    put: async (record, part, text) => coded(() => put(dir, record, part, text)),
    read: async (record) => coded(() => (isRecordName(record) ? read(join(dir, record)) : new Map())),
    list: async () => coded(() => list(dir)),
    remove: async (record) => coded(() => (isRecordName(record) ? remove(join(dir, record)) : undefined)),
  }
}

function put(dir: string, record: string, part: string, text: string): boolean {
  if (!isRecordName(record) || !isPartName(part))
    throw approvalErrors.error('APPROVAL_STORE_UNAVAILABLE', { message: 'That is no name of a record or part.' })
  const folder = join(dir, record)
  makeFolder(folder)
  if (!createExclusively(join(folder, part), text)) return false
  // Not only when it was made just now: whoever made it may have died before this.
  syncFolder(dir)
  return true
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
    safeFolder(folder)
  }
}

function read(folder: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>()
  // A link in place of a record is no record.
  if (unlessMissing(() => lstatSync(folder))?.isDirectory() !== true) return parts
  for (const name of unlessMissing(() => readdirSync(folder)) ?? []) {
    const text = isPartName(name) ? readOwnText(join(folder, name)) : undefined
    if (text !== undefined) parts.set(name, text)
  }
  return parts
}

function list(dir: string): readonly string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isRecordName(entry.name))
    .map(({ name }) => name)
}

function remove(folder: string): void {
  if (unlessMissing(() => lstatSync(folder))?.isDirectory() !== true) return
  const names = unlessMissing(() => readdirSync(folder)) ?? []
  // Without its request a record is nothing, so a removal that stops half way leaves nothing usable.
  if (names.includes('request')) {
    rmSync(join(folder, 'request'), { recursive: true, force: true })
    syncFolder(folder)
  }
  for (const name of names) rmSync(join(folder, name), { recursive: true, force: true })
  try {
    rmdirSync(folder)
  } catch (error) {
    // Somebody removed it first, or added a part: then it stays.
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(errnoOf(error) ?? '')) throw error
  }
}

/** @throws APPROVAL_STORE_UNAVAILABLE in place of the system's errors */
function coded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (isSshMcpError(error)) throw error
    const errno = errnoOf(error) ?? 'an unexpected error'
    throw approvalErrors.error('APPROVAL_STORE_UNAVAILABLE', {
      message: `The folder of the approvals answers with ${errno}.`,
      cause: error,
    })
  }
}
