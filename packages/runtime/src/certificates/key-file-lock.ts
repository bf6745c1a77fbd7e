import { isSshMcpError } from '@sshmcp/kernel'
import type { SftpChannel } from '@sshmcp/transport'
import { keyFileErrors } from '../errors.ts'

/** Where a lock is taken. */
export interface LockPlace {
  readonly channel: SftpChannel
  readonly signal: AbortSignal
}

const patience = 100
const pauseMs = 50
/** An editor of ours that has not ended after so long was cut off. */
const staleSeconds = 60
/** A lock that goes while ours is made looks like a failure without a cause. So many of them are taken for that. */
const mostUnexplained = 10

/**
 * One editor of ours at a time, in whatever process, by a file on the host that only one can make.
 *
 * @throws KEY_FILE_BUSY, SFTP_…; what the work throws
 */
export async function underLock<T>({ channel, signal }: LockPlace, path: string, work: () => Promise<T>): Promise<T> {
  let unexplained = 0
  const attempt = (): Promise<boolean> =>
    taken(channel, path, signal).catch((error) => {
      if (!hasCode(error, 'SFTP_FAILED') || ++unexplained > mostUnexplained) throw error
      return false
    })
  for (let attempts = 0; !(await attempt()); attempts++) {
    if (attempts >= patience) throw busy(`${path} is there.`)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
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
    const isStale = found !== undefined && found.modifiedSeconds + staleSeconds < Date.now() / 1000
    if (isStale) await orMissing(channel.remove(path, signal))
    return false
  }
}

/** Undefined for what is not there. */
export async function orMissing<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise
  } catch (error) {
    if (hasCode(error, 'SFTP_NOT_FOUND')) return undefined
    throw error
  }
}

export function hasCode(error: unknown, code: string): boolean {
  return isSshMcpError(error) && error.code === code
}

export function busy(message: string): Error {
  return keyFileErrors.error('KEY_FILE_BUSY', { message })
}
