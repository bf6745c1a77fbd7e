import type { RunningCall } from '@sshmcp/pipeline'
import { type FileRules, requireSize } from '@sshmcp/policy'
import type { LocalTarget, RemoteReader, RemoteStat } from '@sshmcp/transport'
import { transferErrors } from '../errors.ts'
import { Counting, readAgain } from './counting.ts'
import { forbiddenPath, leadsElsewhere, mustStillBe, type RemoteSide, resolveWhole, shown } from './remote-wall.ts'

/** What came of a transfer. */
export interface Moved {
  readonly bytes: number
  readonly sha256: string
  /** How both sides were compared, in a word for the journal. */
  readonly compared: 'host' | 'read back' | 'size'
}

/**
 * Moves a file from a host into a local target, which is left unfinished unless all is right: the file is where it may be
 * before, while and after it is read, it is one plain file with one name, and what was stored is what was read.
 *
 * @throws POLICY_PATH_FORBIDDEN, POLICY_EXTENSION_BLOCKED, POLICY_FILE_TOO_LARGE, TRANSFER_CHANGED, TRANSFER_INCOMPLETE,
 * SFTP_…, LOCAL_…
 */
export async function download(
  side: RemoteSide,
  remotePath: string,
  target: LocalTarget,
  { rules, progress }: { readonly rules: FileRules; readonly progress: RunningCall['progress'] },
): Promise<Moved> {
  const { channel, signal } = side
  const path = await resolveWhole(side, rules, remotePath, 'file')
  const found = await channel.lstat(path, signal)
  if (found.type !== 'file') throw forbiddenPath(path, 'is no plain file')
  requireSize(found.size, rules.maxDownloadBytes, 'max_download_bytes')
  const reader = await channel.openRead(path, signal)
  try {
    await mustBeSame(side, reader, path)
    const counting = new Counting({
      limit: rules.maxDownloadBytes,
      setting: 'max_download_bytes',
      expectedBytes: found.size,
      progress,
    })
    for await (const chunks of reader.read(signal)) {
      for (const chunk of chunks) counting.take(chunk)
      await target.write(chunks)
    }
    await mustBeSame(side, reader, path)
    const moved = { bytes: counting.bytes, sha256: counting.sha256() }
    const [compared] = await Promise.all([compareWithHost(side, path, moved), compareWithDisk(target, moved, signal)])
    // What differs because another file stands there by now is told as that.
    const now = await mustBeSame(side, reader, path)
    if (compared === undefined || now.size < moved.bytes) throw changed(path)
    return { ...moved, compared }
  } finally {
    await reader.close()
  }
}

/**
 * Proves that the open file is the one under the name, reached without a link. Version 3 of the protocol cannot open without
 * following links and has no inode numbers; so everything that it does tell of the two has to be the same.
 */
async function mustBeSame(side: RemoteSide, reader: RemoteReader, path: string): Promise<RemoteStat> {
  const { channel, signal } = side
  for (let attempt = 1; ; attempt++) {
    const [opened, named] = await Promise.all([
      reader.stat(signal),
      channel.lstat(path, signal),
      mustStillBe(side, path),
    ])
    if (opened.type !== 'file' || named.type !== 'file') throw forbiddenPath(path, 'is no plain file')
    const isSame = opened.uid === named.uid && opened.gid === named.gid && opened.mode === named.mode
    const isStill = opened.size === named.size && opened.modifiedSeconds === named.modifiedSeconds
    if (isSame && isStill) return opened
    // A log may grow between the two answers; another file stays another.
    if (!isSame || attempt === 5) throw forbiddenPath(path, 'is another file than the one that was opened')
  }
}

async function compareWithDisk(
  target: LocalTarget,
  moved: Omit<Moved, 'compared'>,
  signal: AbortSignal,
): Promise<void> {
  const stored = await readAgain(target.readBack(signal))
  if (signal.aborted || (stored.bytes === moved.bytes && stored.sha256 === moved.sha256)) return
  throw transferErrors.error('TRANSFER_INCOMPLETE', {
    message: 'What was stored is not what was read. Nothing was kept.',
  })
}

/** Undefined when the host reads something else. */
async function compareWithHost(
  side: RemoteSide,
  path: string,
  moved: Omit<Moved, 'compared'>,
): Promise<Moved['compared'] | undefined> {
  const reading = await side.channel.readOnHost(path, moved.bytes, side.signal)
  if (reading === 'elsewhere') throw leadsElsewhere(path)
  const links = reading === undefined ? await linksByListing(side, path) : reading.links
  if (links !== undefined && links !== 1) throw forbiddenPath(path, 'has a second name (hard link)')
  if (reading === undefined) return 'size'
  return reading.sha256 === moved.sha256 ? 'host' : undefined
}

/** Where the host runs no programs, the long names of its listing tell how many names a file has. */
async function linksByListing({ channel, signal }: RemoteSide, path: string): Promise<number | undefined> {
  const cut = path.lastIndexOf('/')
  const name = path.slice(cut + 1)
  for await (const entries of channel.list(path.slice(0, cut) || '/', signal)) {
    const found = entries.find((entry) => entry.name === name)
    if (found !== undefined) return found.links
  }
  return undefined
}

function changed(path: string) {
  return transferErrors.error('TRANSFER_CHANGED', {
    message: `${shown(path)} was changed while it was read. Nothing was kept.`,
  })
}
