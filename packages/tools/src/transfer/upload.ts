import type { IdSource } from '@sshmcp/kernel'
import type { RunningCall } from '@sshmcp/pipeline'
import { type FileRules, requireSize } from '@sshmcp/policy'
import type { LocalSource, RemoteStat, RemoteWriter } from '@sshmcp/transport'
import { transferErrors } from '../errors.ts'
import { Counting, readAgain } from './counting.ts'
import type { Moved } from './download.ts'
import {
  forbiddenPath,
  join,
  leadsElsewhere,
  mustStillBe,
  type RemoteSide,
  resolveName,
  shown,
  statIfThere,
} from './remote-wall.ts'

export interface UploadOptions {
  readonly rules: FileRules
  readonly overwrite: boolean
  readonly ids: IdSource
  readonly progress: RunningCall['progress']
  /** Told the name of the unfinished file before it is made. */
  readonly onTemporary: (path: string) => void
}

/**
 * Moves a local file to a host: to a name that nobody knows in the same folder, compared there and renamed in one step.
 * The unfinished file is the caller's to remove when this throws.
 *
 * @throws POLICY_PATH_FORBIDDEN, POLICY_EXTENSION_BLOCKED, POLICY_FILE_TOO_LARGE, TRANSFER_INCOMPLETE, SFTP_…, LOCAL_…
 */
export async function upload(
  side: RemoteSide,
  source: LocalSource,
  remotePath: string,
  options: UploadOptions,
): Promise<Moved> {
  const { rules, overwrite, ids, onTemporary } = options
  const { channel, signal } = side
  requireSize(source.size, rules.maxUploadBytes, 'max_upload_bytes')
  const { folder, path } = await resolveName(side, rules, remotePath)
  const existing = await mayBeWritten(side, path, overwrite)
  const temporary = join(folder, `.${ids.next('sshmcp')}.part`)
  onTemporary(temporary)
  const writer = await channel.create(temporary, (existing?.mode ?? source.mode) & 0o777, signal)
  const { moved, runsPrograms } = await fill(side, writer, { temporary, source, existing, options })
  await Promise.all([mustStillBe(side, temporary), mayBeWritten(side, path, overwrite)])
  const compared = await place(side, { temporary, path, overwrite, moved, runsPrograms })
  const [now] = await Promise.all([channel.lstat(path, signal), mustStillBe(side, path)])
  if (now.type !== 'file' || now.size !== moved.bytes) throw incomplete(path)
  return { ...moved, compared }
}

/** A plain file may be replaced where that was asked for; nothing else that has the name ever is. */
async function mayBeWritten(side: RemoteSide, path: string, overwrite: boolean): Promise<RemoteStat | undefined> {
  const found = await statIfThere(side, path)
  if (found === undefined) return undefined
  if (found.type !== 'file') throw forbiddenPath(path, 'is a link, a folder or something else that is no plain file')
  if (overwrite) return found
  throw existsAlready(path)
}

function existsAlready(path: string) {
  return transferErrors.error('TRANSFER_EXISTS', {
    message: `${shown(path)} exists already on the host.`,
    field: 'remote_path',
  })
}

interface Filling {
  readonly temporary: string
  readonly source: LocalSource
  readonly existing: RemoteStat | undefined
  readonly options: UploadOptions
}

async function fill(
  side: RemoteSide,
  writer: RemoteWriter,
  { temporary, source, existing, options }: Filling,
): Promise<Pick<Placed, 'moved' | 'runsPrograms'>> {
  const { signal } = side
  const counting = new Counting({
    limit: options.rules.maxUploadBytes,
    setting: 'max_upload_bytes',
    expectedBytes: source.size,
    progress: options.progress,
  })
  try {
    const runsPrograms = await mustBeInside(side, temporary)
    await writer.write(counted(source.read(signal), counting), signal)
    // The mode of a new file is cut by the host's umask; the one of a replaced file stays as it was.
    if (existing !== undefined) await writer.chmod(existing.mode & 0o777, signal)
    await writer.sync(signal)
    const stored = await writer.stat(signal)
    if (stored.size !== counting.bytes) throw incomplete(temporary)
    return { moved: { bytes: counting.bytes, sha256: counting.sha256() }, runsPrograms }
  } finally {
    await writer.close()
  }
}

async function* counted(source: AsyncIterable<Uint8Array>, counting: Counting): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    counting.take(chunk)
    yield chunk
  }
}

/**
 * An empty file is all that can stand elsewhere if the folder was swapped between looking and making. Returns whether the host
 * could look itself: one that runs no programs now is not asked again.
 */
async function mustBeInside(side: RemoteSide, temporary: string): Promise<boolean> {
  const { channel, signal } = side
  await mustStillBe(side, temporary)
  // Nobody else knows the name: if a file has it in the folder itself, it is the one that was made.
  const found = await channel.readOnHost(temporary, 0, signal)
  if (found === 'elsewhere') throw leadsElsewhere(temporary)
  return found !== undefined
}

interface Placed {
  readonly temporary: string
  readonly path: string
  readonly overwrite: boolean
  readonly moved: Omit<Moved, 'compared'>
  readonly runsPrograms: boolean
}

/** The second reading and the new name: by the host itself in one go, or one after the other where it cannot. */
async function place(side: RemoteSide, placed: Placed): Promise<Moved['compared']> {
  const { temporary, path, overwrite, moved, runsPrograms } = placed
  const { channel, signal } = side
  const wish = { length: moved.bytes, sha256: moved.sha256, replace: overwrite }
  switch (runsPrograms ? await channel.placeOnHost(temporary, path, wish, signal) : undefined) {
    case 'placed':
      return 'host'
    case 'different':
      throw incomplete(temporary)
    case 'elsewhere':
      throw leadsElsewhere(temporary)
    case 'exists':
      await mayBeWritten(side, path, overwrite)
      throw existsAlready(path)
    case undefined:
  }
  const compared = await compare(side, placed)
  await Promise.all([mustStillBe(side, temporary), mayBeWritten(side, path, overwrite)])
  await channel.rename(temporary, path, overwrite, signal)
  return compared
}

async function compare(
  { channel, signal }: RemoteSide,
  { temporary: path, moved, runsPrograms }: Placed,
): Promise<Moved['compared']> {
  const onHost = runsPrograms ? await channel.readOnHost(path, moved.bytes, signal) : undefined
  if (onHost === 'elsewhere') throw leadsElsewhere(path)
  if (onHost !== undefined) {
    if (onHost.sha256 !== moved.sha256 || onHost.links !== 1) throw incomplete(path)
    return 'host'
  }
  const reader = await channel.openRead(path, signal)
  try {
    const again = await readAgain(reader.read(signal))
    if (again.sha256 !== moved.sha256 || again.bytes !== moved.bytes) throw incomplete(path)
    return 'read back'
  } finally {
    await reader.close()
  }
}

function incomplete(path: string) {
  return transferErrors.error('TRANSFER_INCOMPLETE', {
    message: `What stands in ${shown(path)} on the host is not what was sent.`,
  })
}
