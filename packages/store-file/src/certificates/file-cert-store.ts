import { randomUUID } from 'node:crypto'
import { closeSync, constants, fsyncSync, linkSync, openSync, readFileSync, renameSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CertStore,
  caErrors,
  formatPublicKeyLine,
  type KeyLedger,
  type KeyVault,
  sealedPublicKey,
} from '@sshmcp/ca'
import { type Clock, isSshMcpError } from '@sshmcp/kernel'
import { syncFolder, writeAll } from '../durable-file.ts'
import { errnoOf, unlessMissing } from '../errno.ts'
import { JournalLock } from '../journal-lock.ts'
import { openLockFolder } from '../lock-folder.ts'
import { ownIdentity } from '../process-identity.ts'
import { localFolder, openSafely, safeFolder } from '../safe-path.ts'
import { appendRecord, readRecords } from './record-lines.ts'
import { issuedShape, keyShape, revocationShape } from './record-shape.ts'

/** What a certificate store on the disk needs. */
export interface FileCertStoreDeps {
  /** `cert_data`; made when it is not there. On a local disk. */
  readonly folder: string
  readonly clock: Clock
  /** How long to wait for another process. Default 10 s. */
  readonly lockPatienceSeconds?: number
}

/** The CA's files: what was issued and revoked, the published list, the sealed key, the keys put on hosts. */
export interface FileCertStore extends CertStore, KeyVault, KeyLedger {
  /** The published revocation list. */
  readonly krlPath: string
  /** The CA's public key, one line, once there is one. */
  readonly publicKeyPath: string
}

/**
 * Opens the store of a folder. Every write is on the disk when its promise resolves; what a crash leaves half-written is
 * never read as a record, and the revocation list is always a whole one.
 *
 * @throws STORE_PATH_UNSAFE, STORE_NETWORK_FOLDER, CA_KEY_FILE_INVALID; later also STORE_LOCKED, CA_STORE_FAILED, CA_STORE_DAMAGED
 */
export function openFileCertStore(deps: FileCertStoreDeps): FileCertStore {
  safeFolder(deps.folder)
  localFolder(deps.folder)
  const file = (name: string) => join(deps.folder, name)
  const lock = (name: string) => oneAtATime(deps, file(name))
  // Two locks, for work that is exclusive adds records as it goes.
  const [whole, append] = [lock('lock'), lock('append-lock')]
  const add = (name: string, record: object) =>
    append(async () => written(name, () => appendRecord(file(name), record)))
  const [krlPath, publicKeyPath, keyPath] = [file('krl'), file('ca.pub'), file('ca.key')]
  const present = readBytes(keyPath)
  // A crash between the two files leaves the key without its public line.
  if (present !== undefined && readBytes(publicKeyPath) === undefined) {
    written('ca.pub', () => replaceBytes(publicKeyPath, publicLineOf(present)))
  }
  return {
    krlPath,
    publicKeyPath,
    addIssued: (record) => add('issued.jsonl', record),
    addRevoked: (record) => add('revoked.jsonl', record),
    addKey: (record) => add('keys.jsonl', record),
    listIssued: async () => readRecords(file('issued.jsonl'), issuedShape),
    listRevoked: async () => readRecords(file('revoked.jsonl'), revocationShape),
    listKeys: async () => readRecords(file('keys.jsonl'), keyShape),
    publishKrl: async (bytes) => written('krl', () => replaceBytes(krlPath, bytes)),
    readKrl: async () => readBytes(krlPath),
    readCaKey: async () => readBytes(keyPath),
    createCaKey: async (sealed) => {
      const line = publicLineOf(sealed)
      written('ca.key', () => createBytes(keyPath, sealed))
      written('ca.pub', () => replaceBytes(publicKeyPath, line))
    },
    exclusively: whole,
  }
}

function publicLineOf(sealed: Uint8Array): Buffer {
  return Buffer.from(`${formatPublicKeyLine({ ...sealedPublicKey(sealed), comment: 'sshmcp CA' })}\n`)
}

/** A lock between processes, with a queue in front of it for this one. */
function oneAtATime(deps: FileCertStoreDeps, folder: string): <T>(work: () => Promise<T>) => Promise<T> {
  const patienceMs = (deps.lockPatienceSeconds ?? 10) * 1000
  const parts = { folder: openLockFolder(folder), identity: ownIdentity(), clock: deps.clock, patienceMs }
  const lock = new JournalLock(parts)
  let queue: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = queue.then(async () => {
      await lock.acquire()
      try {
        return await work()
      } finally {
        lock.release()
      }
    })
    // Whoever waits next waits for the end of this one, good or bad; its outcome is the caller's.
    queue = mine.catch(() => undefined)
    return mine
  }
}

function written(name: string, write: () => void): void {
  try {
    write()
  } catch (cause) {
    if (isSshMcpError(cause)) throw cause
    const why = errnoOf(cause) ?? 'an unexpected error'
    throw caErrors.error('CA_STORE_FAILED', { message: `${name} could not be written: ${why}.`, cause })
  }
}

function replaceBytes(path: string, bytes: Uint8Array): void {
  const temporary = durableCopy(path, bytes)
  renameSync(temporary, path)
  syncFolder(join(path, '..'))
}

/** By link(2): of several that create at once one wins, and nobody ever sees half a file. */
function createBytes(path: string, bytes: Uint8Array): void {
  const temporary = durableCopy(path, bytes)
  try {
    linkSync(temporary, path)
  } catch (cause) {
    if (errnoOf(cause) !== 'EEXIST') throw cause
    throw caErrors.error('CA_KEY_EXISTS', { message: `There is a CA key already: ${path}.` })
  } finally {
    unlessMissing(() => unlinkSync(temporary))
  }
  syncFolder(join(path, '..'))
}

function durableCopy(path: string, bytes: Uint8Array): string {
  const temporary = `${path}.${randomUUID()}.new`
  const fd = openSync(temporary, 'wx', 0o600)
  try {
    writeAll(fd, bytes)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  return temporary
}

function readBytes(path: string): Uint8Array | undefined {
  const fd = openSafely(path, constants.O_RDONLY)
  if (fd === undefined) return undefined
  try {
    return readFileSync(fd)
  } finally {
    closeSync(fd)
  }
}
