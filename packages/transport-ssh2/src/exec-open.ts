import type { SshMcpError } from '@sshmcp/kernel'
import { transportErrors } from '@sshmcp/transport'
import type { Client, ClientChannel, ExecOptions } from 'ssh2'

/** What the rest needs to know about the connection under a channel. */
export interface ConnectionLife {
  readonly client: Client
  /** Names the host in errors. */
  readonly address: string
  /** True once the connection is gone. */
  readonly isGone: () => boolean
  /** Ends the connection at once. */
  readonly destroy: () => void
}

/** How long a host may take to open a channel before the connection counts as dead. */
export const channelOpenSeconds = 10
/** How long an abort waits for the answer to a command that was sent. */
const unansweredSeconds = 2

// ssh2 takes bytes as well as a string; its types know the string only (and a method's parameters compare both ways).
interface BytesExec {
  exec(
    command: string | Buffer,
    options: ExecOptions,
    callback: (error: Error | undefined, channel: ClientChannel) => void,
  ): unknown
}

/**
 * Opens a channel and asks for one command on it. Resolves with undefined when an abort came after the command was sent and
 * the host says nothing more: it may run.
 *
 * @throws TRANSPORT_CANCELLED, TRANSPORT_CONNECTION_DEAD and TRANSPORT_CHANNEL_REFUSED when nothing was sent;
 * TRANSPORT_EXEC_REFUSED, TRANSPORT_CONNECTION_LOST
 */
export function openExec(life: ConnectionLife, line: string, signal: AbortSignal): Promise<ClientChannel | undefined> {
  return new Promise((resolve, reject) => {
    const command = Buffer.from(line)
    const opener: BytesExec = life.client
    let wasSent = false
    let isSettled = false
    const settle = (finish: () => void) => {
      if (isSettled) return
      isSettled = true
      clearTimeout(timer)
      clearTimeout(unanswered)
      signal.removeEventListener('abort', onAbort)
      // ssh2 cannot be told to forget the request. Should the host open the channel later, blanks are sent: they do nothing.
      if (!wasSent) command.fill(0x20)
      finish()
    }
    const onAbort = () => {
      if (!wasSent) settle(() => reject(cancelled()))
      else unanswered = setTimeout(() => settle(() => resolve(undefined)), unansweredSeconds * 1000)
    }
    let unanswered: NodeJS.Timeout | undefined
    const timer = setTimeout(() => {
      settle(() => reject(wasSent ? lost(life) : dead(life)))
      life.destroy()
    }, channelOpenSeconds * 1000)
    signal.addEventListener('abort', onAbort, { once: true })
    const options: ExecOptions = {
      // Read by ssh2 when the host has opened the channel, right before it sends the command: the one sign of that moment.
      get env(): NodeJS.ProcessEnv {
        wasSent = true
        return {}
      },
    }
    try {
      opener.exec(command, options, (error, channel) => {
        if (error) settle(() => reject(openError(error, wasSent, life)))
        else if (isSettled) channel.close()
        else settle(() => resolve(channel))
      })
    } catch {
      settle(() => reject(dead(life)))
    }
  })
}

export function cancelled(): SshMcpError {
  return transportErrors.error('TRANSPORT_CANCELLED', { message: 'The call was cancelled before anything was sent.' })
}

export function dead({ address }: { readonly address: string }): SshMcpError {
  return transportErrors.error('TRANSPORT_CONNECTION_DEAD', {
    message: `The connection to ${address} was gone before anything was sent.`,
  })
}

export function lost({ address }: { readonly address: string }, detail = ''): SshMcpError {
  return transportErrors.error('TRANSPORT_CONNECTION_LOST', {
    message: `The connection to ${address} was lost after the command was sent${detail}; it may have run, wholly or in part.`,
  })
}

function openError(error: Error, wasSent: boolean, life: ConnectionLife): SshMcpError {
  // ssh2 answers open requests of a connection that is gone with this text, and with `reason` when the host answered.
  if ('reason' in error && !wasSent) {
    return transportErrors.error('TRANSPORT_CHANNEL_REFUSED', {
      message: `${life.address} refused to open a channel (${reasonWord(error.reason)}). Nothing was run.`,
      cause: error,
    })
  }
  if (!wasSent) return dead(life)
  if (life.isGone() || error.message === 'No response from server') return lost(life)
  return transportErrors.error('TRANSPORT_EXEC_REFUSED', {
    message: `${life.address} refused to run a command.`,
    cause: error,
  })
}

/** RFC 4254 §5.1. */
function reasonWord(reason: unknown): string {
  const words = ['', 'administratively prohibited', 'connect failed', 'unknown channel type', 'resource shortage']
  return (typeof reason === 'number' ? words[reason] : undefined) ?? 'no reason given'
}
