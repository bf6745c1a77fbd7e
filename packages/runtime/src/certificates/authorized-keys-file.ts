import { type IdSource, isSshMcpError } from '@sshmcp/kernel'
import { keyErrors } from '@sshmcp/tools'
import type { RemoteStat, SftpChannel } from '@sshmcp/transport'
import { keyFileErrors } from '../errors.ts'

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
const lockPatience = 100
const lockPauseMs = 50
/** An editor of ours that has not ended after so long was cut off. */
const staleLockSeconds = 60

/**
 * Edits an authorized_keys file in one step: whole, durable, with its mode and owner. Editors of ours wait for each other;
 * when somebody else changed the file meanwhile the edit is made anew on what stands there now.
 *
 * @throws KEY_FILE_UNSAFE, KEY_FILE_BUSY, KEY_ACCOUNT_UNREACHABLE, SFTP_…; what `edit` throws
 */
export async function editKeyFile<T extends { readonly bytes: Uint8Array }>(
  file: KeyFile,
  edit: (bytes: Uint8Array) => T,
): Promise<T> {
  const folder = `${await homeOf(file)}/.ssh`
  await requireFolder(file, folder)
  const path = `${folder}/authorized_keys`
  return locked(file, `${path}.sshmcp-lock`, async () => {
    for (let attempt = 0; attempt < 5; attempt++) {
      const before = await look(file, path)
      const edited = edit(before.bytes)
      if (Buffer.compare(edited.bytes, before.bytes) === 0) return edited
      if (await replaced(file, path, before, edited.bytes)) return edited
    }
    throw keyFileErrors.error('KEY_FILE_BUSY', { message: `Somebody else keeps writing ${path}.` })
  })
}

interface Present {
  readonly bytes: Uint8Array
  readonly stat: RemoteStat | undefined
}

/** A link or a device is not ours to follow or replace. */
async function look({ channel, signal }: KeyFile, path: string): Promise<Present> {
  const stat = await orMissing(channel.lstat(path, signal))
  if (stat === undefined) return { bytes: Buffer.alloc(0), stat }
  if (stat.type !== 'file') throw unsafe(`${path} is no plain file.`)
  if (stat.size > mostBytes) throw unsafe(`${path} is longer than ${mostBytes} bytes.`)
  const reader = await channel.openRead(path, signal)
  try {
    const chunks: Buffer[] = []
    // The bytes are lent until the next ones are asked for.
    for await (const part of reader.read(signal)) chunks.push(...part.map((chunk) => Buffer.from(chunk)))
    return { bytes: Buffer.concat(chunks), stat }
  } finally {
    await reader.close()
  }
}

/** False when the file is not what it was before: somebody else was quicker. */
async function replaced(file: KeyFile, path: string, before: Present, bytes: Uint8Array): Promise<boolean> {
  const { channel, ids, signal } = file
  const temporary = `${path}.${ids.next('sshmcp')}`
  try {
    await write(file, temporary, before.stat, bytes)
    const now = await look(file, path)
    const isSame = (now.stat === undefined) === (before.stat === undefined)
    if (!isSame || Buffer.compare(now.bytes, before.bytes) !== 0) return false
    await channel.rename(temporary, path, before.stat !== undefined, signal)
    return true
  } finally {
    await orMissing(channel.remove(temporary, AbortSignal.timeout(5_000)))
  }
}

async function write(file: KeyFile, path: string, stat: RemoteStat | undefined, bytes: Uint8Array): Promise<void> {
  const { channel, signal } = file
  const writer = await channel.create(path, 0o600, signal)
  try {
    await writer.write(once(bytes), signal)
    const own = await writer.stat(signal)
    const isOthers = stat !== undefined && (stat.uid !== own.uid || stat.gid !== own.gid)
    if (isOthers) await writer.chown(stat.uid, stat.gid, signal)
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

/** One editor of ours at a time, in whatever process. */
async function locked<T>({ channel, signal }: KeyFile, path: string, work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; !(await taken(channel, path, signal)); attempt++) {
    if (attempt >= lockPatience) throw keyFileErrors.error('KEY_FILE_BUSY', { message: `${path} is there.` })
    await new Promise((resolve) => setTimeout(resolve, lockPauseMs))
  }
  try {
    return await work()
  } finally {
    await orMissing(channel.remove(path, AbortSignal.timeout(5_000)))
  }
}

async function taken(channel: SftpChannel, path: string, signal: AbortSignal): Promise<boolean> {
  try {
    const lock = await channel.create(path, 0o600, signal)
    await lock.close()
    return true
  } catch (error) {
    if (!hasCode(error, 'SFTP_EXISTS')) throw error
    const found = await orMissing(channel.lstat(path, signal))
    const isStale = found !== undefined && found.modifiedSeconds + staleLockSeconds < Date.now() / 1000
    if (isStale) await orMissing(channel.remove(path, signal))
    return false
  }
}

async function requireFolder({ channel, signal, userName }: KeyFile, folder: string): Promise<void> {
  const stat = await orMissing(channel.lstat(folder, signal))
  if (stat?.type === 'directory') return
  throw unsafe(
    stat === undefined ? `The account "${userName}" has no ${folder}.` : `${folder} is no folder but a link or a file.`,
  )
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

async function orMissing<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise
  } catch (error) {
    if (hasCode(error, 'SFTP_NOT_FOUND')) return undefined
    throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return isSshMcpError(error) && error.code === code
}

function unsafe(message: string) {
  return keyFileErrors.error('KEY_FILE_UNSAFE', { message: `${message} Nothing was changed.` })
}
