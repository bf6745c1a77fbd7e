import { type ActionOf, type Host, type IdSource, isSshMcpError, type SshMcpError } from '@sshmcp/kernel'
import type { RunningCall } from '@sshmcp/pipeline'
import type { FileRules } from '@sshmcp/policy'
import type { OwnedHosts } from '@sshmcp/sessions'
import type { LocalFiles, SftpChannel } from '@sshmcp/transport'
import { transferErrors } from '../errors.ts'
import { download, type Moved } from './download.ts'
import { hasCode, shown } from './remote-wall.ts'
import { upload } from './upload.ts'

export interface TransferDeps {
  readonly hosts: OwnedHosts
  readonly localFiles: LocalFiles
  readonly ids: IdSource
  readonly rules: FileRules
}

/** What came of a transfer, and where its local end is. */
export interface Transferred extends Moved {
  /** Absolute. */
  readonly localPath: string
}

/** A cancel or failure waits so long for the unfinished file to be removed. */
const cleanUpSeconds = 5

/** Downloads: the local side is looked at first, so that what is refused there opens no connection. */
export async function receive(
  { host, remotePath, localPath, overwrite, sessionId }: ActionOf<'file.read' | 'file.write'>,
  { hosts, localFiles, rules }: TransferDeps,
  { signal, progress }: RunningCall,
): Promise<Transferred> {
  const target = await localFiles.create(localPath, overwrite)
  try {
    const moved = await hosts.sftp(host, reach(signal, sessionId), (channel, within) =>
      download({ channel, signal: within }, remotePath, target, { rules, progress }),
    )
    if (signal.aborted) throw cancelled()
    await target.finish()
    return { ...moved, localPath: target.path }
  } catch (error) {
    throw plainly(error)
  } finally {
    await target.discard()
  }
}

/** Uploads. An unfinished file is removed; where the host is gone, by another connection, or named in the error. */
export async function send(
  { host, remotePath, localPath, overwrite, sessionId }: ActionOf<'file.read' | 'file.write'>,
  deps: TransferDeps,
  { signal, progress }: RunningCall,
): Promise<Transferred> {
  const { hosts, localFiles, ids, rules } = deps
  const source = await localFiles.openRead(localPath)
  let temporary: string | undefined
  const onTemporary = (path: string): void => {
    temporary = path
  }
  try {
    const moved = await hosts.sftp(host, reach(signal, sessionId), async (channel, within) => {
      try {
        return await upload({ channel, signal: within }, source, remotePath, {
          rules,
          overwrite,
          ids,
          progress,
          onTemporary,
        })
      } catch (error) {
        if (temporary !== undefined && (await isRemoved(channel, temporary))) temporary = undefined
        throw error
      }
    })
    return { ...moved, localPath: source.path }
  } catch (error) {
    const left = temporary === undefined || (await isRemovedAnew(hosts, host, temporary)) ? undefined : temporary
    throw plainly(error, left)
  } finally {
    await source.close()
  }
}

function reach(signal: AbortSignal, sessionId: string | undefined) {
  return { signal, ...(sessionId === undefined ? {} : { sessionId }) }
}

/** True when the name is gone, whoever removed it. */
async function isRemoved(channel: SftpChannel, path: string): Promise<boolean> {
  try {
    await channel.remove(path, AbortSignal.timeout(cleanUpSeconds * 1000))
    return true
  } catch (error) {
    return hasCode(error, 'SFTP_NOT_FOUND')
  }
}

async function isRemovedAnew(hosts: OwnedHosts, host: Host, path: string): Promise<boolean> {
  try {
    return await hosts.sftp(host, { signal: AbortSignal.timeout(cleanUpSeconds * 1000) }, (channel) =>
      isRemoved(channel, path),
    )
  } catch {
    // No way to the host: the reply names what may be left there.
    return false
  }
}

/** What a person needs to know of a failure: what was cut short, and what is left. */
function plainly(error: unknown, left?: string): unknown {
  if (!isSshMcpError(error)) return error
  const rest = left === undefined ? '' : ` The unfinished file ${shown(left)} may be left on the host.`
  if (error.code === 'SFTP_CANCELLED') return cancelled(rest, error)
  if (left === undefined) return error
  return transferErrors.error('TRANSFER_INTERRUPTED', { message: `${error.message}${rest}`, cause: error })
}

function cancelled(rest = '', cause?: SshMcpError) {
  return transferErrors.error('TRANSFER_CANCELLED', {
    message: `The transfer was cancelled; the destination is as it was.${rest}`,
    ...(cause === undefined ? {} : { cause }),
  })
}
