import { type SftpChannel, sftpErrors, transportErrors } from '@sshmcp/transport'
import type { ClientChannel } from 'ssh2'
import { type ConnectionLife, cancelled, channelOpenSeconds, dead } from '../exec-open.ts'
import { Conversation } from './conversation.ts'
import type { RunOnHost } from './host-work.ts'
import { Ssh2Sftp } from './ssh2-sftp.ts'

/**
 * Opens a channel to the host's sftp subsystem and says hello.
 *
 * @throws TRANSPORT_CANCELLED, TRANSPORT_CONNECTION_DEAD, TRANSPORT_CHANNEL_REFUSED; SFTP_UNAVAILABLE, SFTP_PROTOCOL
 */
export async function openSftp(life: ConnectionLife, run: RunOnHost, signal: AbortSignal): Promise<SftpChannel> {
  if (signal.aborted) throw cancelled()
  if (life.isGone()) throw dead(life)
  const conversation = new Conversation(await openSubsystem(life, signal), life.address)
  try {
    const extensions = await conversation.begin(
      AbortSignal.any([signal, AbortSignal.timeout(channelOpenSeconds * 1000)]),
    )
    return new Ssh2Sftp(conversation, extensions, run)
  } catch (error) {
    await conversation.close()
    if (signal.aborted) throw cancelled()
    throw error
  }
}

function openSubsystem(life: ConnectionLife, signal: AbortSignal): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    let isSettled = false
    const settle = (finish: () => void): void => {
      if (isSettled) return
      isSettled = true
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      finish()
    }
    const onAbort = (): void => settle(() => reject(cancelled()))
    const timer = setTimeout(() => settle(() => reject(dead(life))), channelOpenSeconds * 1000)
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      life.client.subsys('sftp', (error, channel) => {
        if (error) settle(() => reject(openError(error, life)))
        else if (isSettled) channel.close()
        else settle(() => resolve(channel))
      })
    } catch {
      settle(() => reject(dead(life)))
    }
  })
}

function openError(error: Error, life: ConnectionLife): Error {
  if ('reason' in error) {
    return transportErrors.error('TRANSPORT_CHANNEL_REFUSED', {
      message: `${life.address} refused to open another channel. Nothing was done.`,
      cause: error,
    })
  }
  if (life.isGone() || error.message === 'No response from server') return dead(life)
  return sftpErrors.error('SFTP_UNAVAILABLE', { message: `${life.address} offers no file transfer.`, cause: error })
}
