import { isSshMcpError } from '@sshmcp/kernel'
import { type SftpChannel, transportErrors } from '@sshmcp/transport'
import { sessionErrors } from './errors.ts'
import type { HostLink } from './host-link.ts'
import type { SftpOptions } from './owned-hosts.ts'
import { sameWay } from './same-way.ts'

export interface FileWorkParts {
  readonly link: HostLink
  /** Fires when the owner's things are closed. */
  readonly closing: AbortSignal
}

/**
 * Borrows a channel for files. A connection that was dead before the channel was open is replaced once, as for a command;
 * after that nothing is done twice.
 *
 * @throws as `OwnedHosts.sftp`
 */
export async function workOnFiles<T>(
  { link, closing }: FileWorkParts,
  options: SftpOptions,
  work: (channel: SftpChannel, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.any([options.signal, closing])
  let hasBegun = false
  const begin = (channel: SftpChannel): Promise<T> => {
    hasBegun = true
    return work(channel, signal)
  }
  try {
    return await link.use(() => borrow(link, options, signal, begin))
  } catch (error) {
    if (hasBegun || !signal.aborted) throw error
    throw closing.aborted
      ? sessionErrors.error('SESSION_CLOSED', { message: 'The server is closing its connections. Nothing was done.' })
      : transportErrors.error('TRANSPORT_CANCELLED', { message: 'The call was cancelled before anything was done.' })
  }
}

async function borrow<T>(
  link: HostLink,
  { onConnected, purpose }: SftpOptions,
  signal: AbortSignal,
  begin: (channel: SftpChannel) => Promise<T>,
): Promise<T> {
  const connection = await link.connection(signal, purpose)
  await onConnected?.(connection.facts)
  try {
    return await link.sftp(connection, signal, begin)
  } catch (error) {
    const wasDead = isSshMcpError(error) && error.code === 'TRANSPORT_CONNECTION_DEAD'
    if (!wasDead || signal.aborted || !link.mayReconnect) throw error
    await link.drop(connection)
    const fresh = await link.connection(signal, purpose)
    // What was announced must be what is used.
    if (!sameWay(fresh.facts, connection.facts)) throw error
    return link.sftp(fresh, signal, begin)
  }
}
