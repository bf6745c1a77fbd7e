import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, constants, fsyncSync, linkSync, lstatSync, openSync, readdirSync, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { formatSigner, type NoteSigner, type NoteVerifier, parseSigner } from '@sshmcp/audit'
import { type IdSource, isSshMcpError, randomIds } from '@sshmcp/kernel'
import { readSafely, syncFolder, writeAll } from './durable-file.ts'
import { errnoOf, unlessMissing } from './errno.ts'
import { storeErrors } from './errors.ts'
import { safeFolder } from './safe-path.ts'
import { inPlace } from './unavailable.ts'

/**
 * The key that signs the journal, made at the first start: `keys/audit.key`, 0600, one line, in the form of Go's
 * `sumdb/note`. Its name is the origin of the journal.
 *
 * Several processes may start for the first time at once: all get the same key.
 *
 * @throws STORE_PATH_UNSAFE, STORE_KEY_INVALID, STORE_UNAVAILABLE
 */
export function openAuditKey(path: string, ids: IdSource = randomIds): NoteSigner {
  return inPlace(path, () => {
    safeFolder(dirname(path))
    const existing = readKey(path)
    if (existing !== undefined) return parsed(path, existing)
    makeKey(path, `${formatSigner(ids.next('sshmcp-audit'), randomBytes(32))}\n`)
    return parsed(path, readKey(path) ?? '')
  })
}

/** The key for verifying; undefined when there is none. @throws STORE_PATH_UNSAFE, STORE_KEY_INVALID, STORE_UNAVAILABLE */
export function readAuditKey(path: string): NoteVerifier | undefined {
  return inPlace(path, () => {
    const text = readKey(path)
    return text === undefined ? undefined : parsed(path, text)
  })
}

function parsed(path: string, text: string): NoteSigner {
  const signer = parseSigner(text)
  if (signer === undefined) throw storeErrors.error('STORE_KEY_INVALID', { message: `${path} is not a journal key.` })
  return signer
}

/** A file with two names is not taken for a key. But whoever makes one gives it two for an instant, and may die then. */
function readKey(path: string): string | undefined {
  try {
    return readSafely(path)
  } catch (error) {
    if (!isSshMcpError(error)) throw error
    takeFirstNameAway(path)
    return readSafely(path)
  }
}

function takeFirstNameAway(path: string): void {
  const key = lstatSync(path)
  const folder = dirname(path)
  for (const name of readdirSync(folder).filter((name) => /^audit\..+\.new$/.test(name))) {
    const found = unlessMissing(() => lstatSync(join(folder, name)))
    if (found?.ino === key.ino && found.dev === key.dev) unlessMissing(() => unlinkSync(join(folder, name)))
  }
}

function makeKey(path: string, text: string): void {
  const temporary = join(dirname(path), `audit.${randomUUID()}.new`)
  const fd = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
  try {
    writeAll(fd, Buffer.from(text, 'utf8'))
    fsyncSync(fd)
    // The first to give it the name wins; nobody ever sees half a key.
    linkSync(temporary, path)
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
  } finally {
    closeSync(fd)
    unlessMissing(() => unlinkSync(temporary))
  }
  syncFolder(dirname(path))
}
