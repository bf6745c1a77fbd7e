import type { IdSource } from '@sshmcp/kernel'
import { keyErrors } from '@sshmcp/tools'
import type { RemoteReader, RemoteStat, SftpChannel } from '@sshmcp/transport'
import { keyFileErrors } from '../errors.ts'
import { busy, hasCode, orMissing, underLock } from './key-file-lock.ts'

/** One account's authorized_keys on a host. */
export interface KeyFile {
  readonly channel: SftpChannel
  /** The account whose file it is. */
  readonly userName: string
  /** The account that is logged in. */
  readonly login: string
  readonly ids: IdSource
  readonly signal: AbortSignal
}

const mostBytes = 1_048_576
/** Somebody who writes all the time is not waited for for ever. */
const mostAttempts = 20

/**
 * Edits an authorized_keys file in one step: whole, durable, with its mode and owner. A missing `.ssh` folder is made, as
 * ssh-copy-id does, where the edit has something to write and the account is the one that is logged in.
 *
 * Editors of ours wait for each other. When somebody else changed the file meanwhile the edit is made anew on what stands there
 * now, and what they append in the moment of replacing is brought in. One thing SFTP has no means against: a whole new file that
 * somebody puts in its place within the last round trip.
 *
 * @throws KEY_FILE_UNSAFE, KEY_FILE_BUSY, KEY_ACCOUNT_UNREACHABLE, SFTP_…; what `edit` throws
 */
export async function editKeyFile<T extends { readonly bytes: Uint8Array }>(file: KeyFile, edit: Edit<T>): Promise<T> {
  const folder = `${await homeOf(file)}/.ssh`
  const path = `${folder}/authorized_keys`
  if ((await orMissing(file.channel.lstat(folder, file.signal))) === undefined) {
    const edited = edit(Buffer.alloc(0))
    if (edited.bytes.length === 0) return edited
    await makeFolder(file, folder)
  }
  const place: Place = { path, folder: await requireFolder(file, folder) }
  return underLock(file, `${path}.sshmcp-lock`, () => editUnderLock(file, place, edit))
}

/** Where the file is, and what its folder is. */
interface Place {
  readonly path: string
  readonly folder: RemoteStat
}

type Edit<T> = (bytes: Uint8Array) => T

/** Editors of others take no lock, so each step is checked. */
async function editUnderLock<T extends { readonly bytes: Uint8Array }>(
  file: KeyFile,
  place: Place,
  edit: Edit<T>,
): Promise<T> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const before = await look(file, place.path)
    const edited = edit(before.bytes)
    if (Buffer.compare(edited.bytes, before.bytes) === 0) return edited
    const outcome = await replace(file, place, before, edited.bytes)
    if (outcome === 'changed') continue
    if (outcome.late !== undefined) await editUnderLock(file, place, bringIn(before.bytes, outcome.late))
    return edited
  }
  throw busy(`Somebody else keeps writing ${place.path}.`)
}

/** What somebody wrote into the old file in the moment in which it was replaced, brought into the new one. */
function bringIn(before: Uint8Array, late: Uint8Array): Edit<{ readonly bytes: Uint8Array }> {
  const added = Buffer.from(late).subarray(before.length)
  const isAppended = Buffer.compare(Buffer.from(late).subarray(0, before.length), before) === 0
  return (bytes) => {
    // Written over as a whole, it says nothing of what it would have been made of the new file.
    if (!isAppended)
      throw busy('Somebody else wrote the whole file over in the same moment: see that it is as it should be.')
    const last = bytes.at(-1)
    const gap = last === undefined || last === 0x0a ? [] : ['\n']
    return { bytes: Buffer.concat([bytes, ...gap.map((text) => Buffer.from(text)), added]) }
  }
}

interface Present {
  readonly bytes: Uint8Array
  readonly stat: RemoteStat | undefined
}

async function look(file: KeyFile, path: string): Promise<Present> {
  const opened = await open(file, path)
  if (opened === undefined) return { bytes: Buffer.alloc(0), stat: undefined }
  try {
    return { bytes: await contentOf(opened.reader, file.signal), stat: opened.stat }
  } finally {
    await opened.reader.close()
  }
}

/** A link or a device is not ours to follow or replace. */
async function open({ channel, signal }: KeyFile, path: string) {
  const stat = await orMissing(channel.lstat(path, signal))
  if (stat === undefined) return undefined
  if (stat.type !== 'file') throw unsafe(`${path} is no plain file.`)
  if (stat.size > mostBytes) throw unsafe(`${path} is longer than ${mostBytes} bytes.`)
  return { stat, reader: await channel.openRead(path, signal) }
}

async function contentOf(reader: RemoteReader, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  // The bytes are lent until the next ones are asked for.
  for await (const part of reader.read(signal)) chunks.push(...part.map((chunk) => Buffer.from(chunk)))
  return Buffer.concat(chunks)
}

/** `changed`: the file is not what it was before. `late`: what the old file holds that it did not when it was replaced. */
type Replaced = 'changed' | { readonly late: Uint8Array | undefined }

async function replace(file: KeyFile, place: Place, before: Present, bytes: Uint8Array): Promise<Replaced> {
  const { channel, ids, signal } = file
  const temporary = `${place.path}.${ids.next('sshmcp')}`
  try {
    // Whose the file is to be: as it was, or as its folder is. sshd reads it as that account.
    await write(file, temporary, { stat: before.stat, owner: before.stat ?? place.folder }, bytes)
    // Stays open: whoever had the old file open as well may write to it after it has lost its name.
    const old = await open(file, place.path)
    try {
      if ((old === undefined) !== (before.stat === undefined)) return 'changed'
      if (old !== undefined && !isSame(await contentOf(old.reader, signal), before.bytes)) return 'changed'
      await channel.rename(temporary, place.path, old !== undefined, signal)
      const left = old === undefined ? before.bytes : await contentOf(old.reader, signal)
      return { late: isSame(left, before.bytes) ? undefined : left }
    } finally {
      await old?.reader.close()
    }
  } finally {
    await orMissing(channel.remove(temporary, AbortSignal.timeout(5_000)))
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}

interface Ownership {
  readonly stat: RemoteStat | undefined
  readonly owner: RemoteStat
}

async function write(file: KeyFile, path: string, { stat, owner }: Ownership, bytes: Uint8Array): Promise<void> {
  const { channel, signal } = file
  const writer = await channel.create(path, 0o600, signal)
  try {
    await writer.write(once(bytes), signal)
    const own = await writer.stat(signal)
    const isOthers = owner.uid !== own.uid || owner.gid !== own.gid
    if (isOthers) await writer.chown(owner.uid, owner.gid, signal)
    if (stat !== undefined) await writer.chmod(stat.mode & 0o777, signal)
    await writer.sync(signal)
  } finally {
    await writer.close()
  }
  const written = await look(file, path)
  if (Buffer.compare(written.bytes, bytes) !== 0) throw unsafe(`What the host kept of ${path} is not what was sent.`)
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function requireFolder({ channel, signal }: KeyFile, folder: string): Promise<RemoteStat> {
  const stat = await channel.lstat(folder, signal)
  if (stat.type === 'directory') return stat
  throw unsafe(`${folder} is no folder but a link or a file.`)
}

/** Somebody else's folder is theirs to make: giving one away by its name could be led elsewhere by a link. */
async function makeFolder({ channel, signal, userName, login }: KeyFile, folder: string): Promise<void> {
  if (userName !== login) {
    throw keyFileErrors.error('KEY_FILE_UNSAFE', {
      message: `The account "${userName}" has no ${folder}. Nothing was changed.`,
      next: `On the host: install -d -m 700 -o ${userName} -g "$(id -gn ${userName})" ${folder}. Then call again.`,
    })
  }
  try {
    await channel.createFolder(folder, 0o700, signal)
  } catch (error) {
    // Another editor of ours was quicker.
    if (!hasCode(error, 'SFTP_EXISTS')) throw error
  }
}

/** Another account's home stands in /etc/passwd; our own is where SFTP begins. */
async function homeOf(file: KeyFile): Promise<string> {
  const { channel, userName, login, signal } = file
  if (userName === login) return channel.realpath('.', signal)
  const { bytes } = await look(file, '/etc/passwd')
  const lines = Buffer.from(bytes).toString('latin1').split('\n')
  const home = lines.map((line) => line.split(':')).find(([name]) => name === userName)?.[5]
  if (home?.startsWith('/') === true) return home
  throw keyErrors.error('KEY_ACCOUNT_UNREACHABLE', {
    message: `The host has no account "${userName}" with a home folder.`,
    field: 'user_name',
  })
}

function unsafe(message: string) {
  return keyFileErrors.error('KEY_FILE_UNSAFE', { message: `${message} Nothing was changed.` })
}
